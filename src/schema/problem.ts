// One thing that is wrong with an environment file, and the error that carries all of them at once.

/** A single problem in an environment file. */
export interface Problem {
  /** Where it is, such as `services.django.image`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there, as JSON, shortened; `(nothing)` where a required value is missing. */
  readonly value: string;
  /** What is wrong and what would be right. */
  readonly remedy: string;
}

/** Thrown by `defineEnvironment`: every problem of the environment, not just the first. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  /**
   * @param environment the environment's name, as far as it is known
   * @param problems at least one
   */
  constructor(
    readonly environment: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map(
      ({ path, value, remedy }) => `  ${path || "(environment)"}: ${value}\n    ${remedy}`,
    );
    super(`Environment "${environment}" has ${count}:\n${lines.join("\n")}`);
  }
}
