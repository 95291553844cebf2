// The environments of a project: which there are, which one is meant, and loading it and no other.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Environment } from "../model/environment";
import { nearest } from "../schema/nearest";
import { CONFIGURATION_FILE, ConfigurationError, configurationOf } from "./configuration";

/** Thrown where no environment can be chosen: the name is unknown, or there is none; says what to do. */
export class UnknownEnvironmentError extends Error {
  override readonly name = "UnknownEnvironmentError";
}

/** Thrown where two files would deploy over each other. */
export class SameNameError extends UnknownEnvironmentError {}

const EXTENSION = /\.(ts|js)$/;

/** How an environment's file is called: its name is typed, and becomes part of other names. */
const NAMED = /^[a-z0-9-]+\.(ts|js)$/;

/** What stands beside an environment in a folder, and is none by its kind. */
const NO_ENVIRONMENT = /\.(d|test|spec)\.(ts|js)$/;

/** An ignored file's name as it could be. */
function suggested(file: string): string {
  const words = file
    .replace(EXTENSION, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
  return `${words.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}.ts`;
}

export interface EnvironmentsProps {
  /** The folder with one file an environment: its compiled files, or its sources where something compiles them on the way. */
  readonly folder: string;
  /** The environment that is meant where none is named. @default - the only one, if there is only one */
  readonly configured?: string | undefined;
  /** The folder that a user adds a file to, as messages call it. @default "src/environments" */
  readonly sources?: string;
  /** The folder that should have cdktf.json and has not. @default - it has, or nobody has looked */
  readonly unconfigured?: string | undefined;
}

/** One file an environment, so that adding one means adding a file. */
export class Environments {
  private readonly folder: string;
  private readonly configured: string | undefined;
  private readonly sources: string;
  private readonly unconfigured: string | undefined;

  constructor({ folder, configured, sources = "src/environments", unconfigured }: EnvironmentsProps) {
    this.unconfigured = unconfigured;
    this.folder = folder;
    this.configured = configured;
    this.sources = sources;
  }

  /**
   * The environments of this project.
   * @param root the folder with cdktf.json
   * @throws ConfigurationError where that cannot be read, or names a folder that is not there
   */
  static ofProject(root: string): Environments {
    const { environment: configured, environments } = configurationOf(root);
    if (environments === undefined) {
      const unconfigured = existsSync(join(root, CONFIGURATION_FILE)) ? undefined : root;
      return new Environments({ folder: join(__dirname, "..", "environments"), configured, unconfigured });
    }
    const folder = resolve(root, environments);
    if (!existsSync(folder)) {
      throw new ConfigurationError(
        `${CONFIGURATION_FILE} names "${environments}" as the folder of environments, which does not exist: compile the ` +
          'project first, or correct "context", "environments".',
      );
    }
    return new Environments({ folder, configured, sources: `the sources of ${environments}` });
  }

  /** The names of all environments, sorted: the names of the files. */
  names(): string[] {
    return this.files()
      .filter((file) => NAMED.test(file))
      .map((file) => basename(file).replace(EXTENSION, ""))
      .sort();
  }

  /** The files that look like an environment and are none, for their name: `my_shop.ts`, say. */
  ignored(): string[] {
    return this.files()
      .filter((file) => EXTENSION.test(file) && !NAMED.test(file) && !NO_ENVIRONMENT.test(file))
      .sort();
  }

  /** What to say of ignored files; `undefined` where there is none. */
  ignoredNotice(): string | undefined {
    const ignored = this.ignored();
    return ignored.length === 0
      ? undefined
      : `[warn] Ignored in ${this.sources}: ${ignored.join(", ")}. The name of an environment's file takes lower-case ` +
          `letters, digits and hyphens: ${ignored.map((file) => `${suggested(file)}`).join(", ")}, say.`;
  }

  private files(): string[] {
    // Version control keeps no empty folder.
    return existsSync(this.folder) ? readdirSync(this.folder) : [];
  }

  /** The one that is meant where none is named; `undefined` where nothing says which, an ignored file being another. */
  defaultName(): string | undefined {
    if (this.configured !== undefined) {
      return this.configured;
    }
    const [only, ...others] = this.names();
    return others.length === 0 && this.ignored().length === 0 ? only : undefined;
  }

  /**
   * The environment that is meant.
   * @param name of an environment; `undefined` or empty for the default one
   * @throws UnknownEnvironmentError with what to do
   */
  choose(name?: string): string {
    const chosen = name || this.defaultName();
    if (chosen === undefined || !this.names().includes(chosen)) {
      throw new UnknownEnvironmentError(this.explain(chosen));
    }
    return chosen;
  }

  /**
   * Loads one environment. Of the others nothing but the name is looked at: a mistake in one file does not keep the others
   * from being deployed.
   * @param name `undefined` or empty for the default one
   * @throws UnknownEnvironmentError with what to do
   * @throws EnvironmentError with everything that is wrong in the file
   * @throws ConfigurationError where the file exports no environment
   * @throws SameNameError where another file's environment has the same `name`
   */
  load(name?: string): Environment {
    const chosen = this.choose(name);
    const environment = this.read(chosen);
    if (environment?.name === undefined) {
      throw new ConfigurationError(
        `The file of the environment "${chosen}" exports none: write \`export default defineEnvironment({ ... });\` in it.`,
      );
    }
    const same = this.names().filter((other) => other !== chosen && this.nameIn(other) === environment.name);
    if (same.length > 0) {
      throw new SameNameError(
        `${[chosen, ...same].map((file) => `${file}.ts`).join(" and ")} in ${this.sources} have the same name: ` +
          `"${environment.name}". It tells the resources and the states of one environment from those of another: choose ` +
          "another name for the one that is not deployed yet.",
      );
    }
    return environment;
  }

  private read(file: string): Environment | undefined {
    const { default: environment }: { default?: Environment } = require(join(this.folder, file));
    return environment;
  }

  /** The `name` that another file gives; `undefined` where it cannot be read: then it cannot be deployed either. */
  private nameIn(file: string): string | undefined {
    try {
      return this.read(file)?.name;
    } catch {
      return undefined;
    }
  }

  private explain(name: string | undefined): string {
    const notice = this.ignoredNotice();
    return this.explanation(name) + (notice === undefined ? "" : `\n${notice}`);
  }

  private explanation(name: string | undefined): string {
    const known = this.names();
    if (known.length === 0) {
      return `There is no environment yet: add a file to ${this.sources}.`;
    }
    const list = `Known: ${known.join(", ")}.`;
    const byVariable = "Set ENVIRONMENT to one of them";
    const byDefault = `name one under "context", "environment" in ${CONFIGURATION_FILE}`;
    if (name === undefined) {
      const missing =
        this.unconfigured === undefined ? "" : ` There is no ${CONFIGURATION_FILE} in ${this.unconfigured}.`;
      return `Which environment?${missing} ${list}\n${byVariable}, or ${byDefault}.`;
    }
    const add = `add a file to ${this.sources}`;
    const close = nearest(name, known);
    const meant = close === undefined ? "." : `; did you mean "${close}"?`;
    return name === this.configured
      ? `There is no environment "${name}", which ${CONFIGURATION_FILE} names as the default. ${list}\n` +
          `${byVariable}, ${byDefault}, or ${add}.`
      : `There is no environment "${name}"${meant} ${list}\n${byVariable}, or ${add}.`;
  }
}
