// What a change of a field does to a platform that runs, in the few words that the reference, preflight and the tests share.

/** What may happen to a running platform, and what that means. */
export const EFFECTS = {
  nothing: "Nothing that runs changes.",
  "in place": "What runs is changed as it stands, and goes on serving meanwhile.",
  "new tasks":
    "Services get new tasks, a few at a time; an old one stops when a new one is well, that of a singleton before. What else changes does so in place.",
  added:
    "What it declares is added beside what runs. Taken out again, it is removed; where that holds data or serves requests, preflight refuses until told to accept it.",
  "made first": "A successor is made first; the old one is removed after that.",
  "its fields": "What the fields within it say.",
  refused: "It would destroy or replace what holds data or serves requests: preflight refuses it.",
} as const;

export type Effect = keyof typeof EFFECTS;

/** A change that cannot be made without destroying something. */
export interface Refusal {
  /** What other changes of the field do, where only some are refused. @default - none: all are */
  readonly otherwise?: Exclude<Effect, "refused">;
  /** What of Terraform the field forces to be replaced: `<resource type>.<argument>`. Empty where AWS itself refuses. */
  readonly replaces: readonly string[];
  /** What to do instead, as whole sentences. */
  readonly instead: string;
}

export type Change = Exclude<Effect, "refused"> | Refusal;

/** The words for a change: of several, the one that most changes have comes first. */
export function effectsOf(change: Change): Effect[] {
  return typeof change === "string" ? [change] : [...(change.otherwise ? [change.otherwise] : []), "refused"];
}
