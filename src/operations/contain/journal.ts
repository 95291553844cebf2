// What the incident drill has changed, in a file: written before each change and after it, so that `undo` knows.
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { JournalError } from "./journal-error";
import { replaceJournal } from "./replace-journal";

const suspension = z.strictObject({
  dynamicScalingIn: z.boolean(),
  dynamicScalingOut: z.boolean(),
  scheduledScaling: z.boolean(),
});

const scale = z.strictObject({
  /** Tasks that the service wants. */
  desiredCount: z.int().min(0),
  /** What is suspended at its scalable target; `null` where it has none. */
  suspended: suspension.nullable(),
});

const denyEntry = z.strictObject({
  cidr: z.string(),
  protocol: z.literal("-1"),
  ruleAction: z.literal("deny"),
});

const event = { at: z.iso.datetime(), by: z.string() };

const shared = {
  id: z.string().regex(/^[1-9]\d*$/),
  /** When it was begun, and by whom: the ARN of the credentials. */
  ...event,
  /**
   * `intended`: a change, or its undoing, has begun, and each part of it may be as before or as after. `done`: all is
   * as after. `undone`: all is as before.
   */
  state: z.enum(["intended", "done", "undone"]),
  undone: z.strictObject(event).optional(),
};

const blockEntry = z.strictObject({
  ...shared,
  action: z.literal("block-ip"),
  networkAclId: z.string(),
  /** Of the ingress entry. */
  ruleNumber: z.int(),
  before: z.null(),
  after: denyEntry,
});

const scaleEntry = z.strictObject({
  ...shared,
  action: z.literal("scale-down"),
  /** The ECS cluster's and service's names. */
  cluster: z.string(),
  service: z.string(),
  before: scale,
  after: scale,
});

const journalEntry = z.discriminatedUnion("action", [blockEntry, scaleEntry]);

const journalFile = z.strictObject({
  account: z.string(),
  region: z.string(),
  entries: z
    .array(journalEntry)
    .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, {
      error: "Two entries have the same id.",
    }),
});

/** What is suspended at a scalable target. */
export type Suspension = z.output<typeof suspension>;
/** How many tasks a service wants, and whether anything may change that. */
export type Scale = z.output<typeof scale>;
/** A network ACL's entry that denies a block all protocols. */
export type DenyEntry = z.output<typeof denyEntry>;
export type BlockEntry = z.output<typeof blockEntry>;
export type ScaleEntry = z.output<typeof scaleEntry>;
export type JournalEntry = z.output<typeof journalEntry>;
type JournalFile = z.output<typeof journalFile>;

/** A change as it is told to the journal, which adds the rest. */
export type BlockChange = Omit<BlockEntry, "id" | "at" | "by" | "state" | "undone">;
export type ScaleChange = Omit<ScaleEntry, "id" | "at" | "by" | "state" | "undone">;

export interface JournalProps {
  /** Its path. The file, and its folder, come with the first entry. */
  readonly file: string;
  /** The 12 digits of the account whose changes it keeps. */
  readonly account: string;
  readonly region: string;
  /** ARN of the credentials that act now. */
  readonly caller: string;
  /** Milliseconds to wait for another command that is writing. @default 5000 */
  readonly patience?: number;
}

/**
 * A journal of changes to one account. Every call reads the file again, so that a command knows what another one has
 * noted in the meantime; of several that write at the same time, each waits for its turn. Every call throws JournalError
 * where the file is broken, cannot be read or written, or belongs to another account or region; a broken file is never
 * written over.
 */
export class Journal {
  constructor(private readonly props: JournalProps) {}

  get file(): string {
    return this.props.file;
  }

  /** All entries, oldest first. */
  entries(): readonly JournalEntry[] {
    return this.read().entries;
  }

  /** Notes what is about to be changed. */
  async intend(change: BlockChange | ScaleChange): Promise<JournalEntry> {
    let entry = this.begun(change);
    await this.update((entries) => {
      entry = { ...entry, id: nextId(entries) };
      return [...entries, entry];
    });
    return entry;
  }

  /**
   * The same, unless something in the journal speaks against it: nobody else writes between that look and the note.
   * @returns `undefined` where it does
   */
  async intendUnless(
    change: BlockChange | ScaleChange,
    isAgainst: (entries: readonly JournalEntry[]) => boolean,
  ): Promise<JournalEntry | undefined> {
    const entry = this.begun(change);
    let noted: JournalEntry | undefined;
    await this.update((entries) => {
      noted = isAgainst(entries) ? undefined : { ...entry, id: nextId(entries) };
      return noted === undefined ? [...entries] : [...entries, noted];
    });
    return noted;
  }

  private begun(change: BlockChange | ScaleChange): JournalEntry {
    return { id: "1", at: new Date().toISOString(), by: this.props.caller, state: "intended", ...change };
  }

  /** Notes how far an entry has come. */
  async mark({ id }: JournalEntry, state: JournalEntry["state"]): Promise<void> {
    const undone = { at: new Date().toISOString(), by: this.props.caller };
    await this.update((entries) =>
      entries.map((entry) =>
        entry.id === id ? { ...entry, state, ...(state === "undone" ? { undone } : {}) } : entry,
      ),
    );
  }

  private read(): JournalFile {
    const { file, account, region } = this.props;
    if (!existsSync(file)) {
      return { account, region, entries: [] };
    }
    const journal = journalFile.safeParse(parsed(file));
    if (!journal.success) {
      throw new JournalError(
        `The journal ${file} is broken; repair it, or name another file with --journal:\n${z.prettifyError(journal.error)}`,
      );
    }
    const { data } = journal;
    if (data.account !== account || data.region !== region) {
      throw new JournalError(
        `The journal ${file} is of account ${data.account} in ${data.region}, and this is account ${account} in ` +
          `${region}: name another file with --journal.`,
      );
    }
    return data;
  }

  private async update(change: (entries: readonly JournalEntry[]) => JournalEntry[]): Promise<void> {
    const { file, patience } = this.props;
    await replaceJournal(
      file,
      () => {
        const { entries, ...owner } = this.read();
        return `${JSON.stringify({ ...owner, entries: change(entries) }, null, 2)}\n`;
      },
      patience,
    );
  }
}

function nextId(entries: readonly JournalEntry[]): string {
  return String(Math.max(0, ...entries.map(({ id }) => Number(id))) + 1);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new JournalError(
      `The journal ${file} cannot be read (${String(error)}); repair it, or name another file with --journal.`,
    );
  }
}
