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
    // Version control keeps no empty folder.
    const files = existsSync(this.folder) ? readdirSync(this.folder) : [];
    return files
      .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file))
      .map((file) => basename(file).replace(/\.(ts|js)$/, ""))
      .sort();
  }

  /** The one that is meant where none is named; `undefined` where nothing says which. */
  defaultName(): string | undefined {
    const [only, ...others] = this.names();
    return this.configured ?? (others.length === 0 ? only : undefined);
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
   * Loads one environment, and none of the others: a mistake in one file does not keep the others from being deployed.
   * @param name `undefined` or empty for the default one
   * @throws UnknownEnvironmentError with what to do
   * @throws EnvironmentError with everything that is wrong in the file
   * @throws ConfigurationError where the file exports no environment
   */
  load(name?: string): Environment {
    const chosen = this.choose(name);
    const { default: environment }: { default?: Environment } = require(join(this.folder, chosen));
    if (environment?.name === undefined) {
      throw new ConfigurationError(
        `The file of the environment "${chosen}" exports none: write \`export default defineEnvironment({ ... });\` in it.`,
      );
    }
    return environment;
  }

  private explain(name: string | undefined): string {
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
