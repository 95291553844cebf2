// What an environment file of a project that has installed this package imports: `defineEnvironment` and its types. It loads
// neither cdktf nor the AWS SDK, so that the operations start quickly.
export type { Environment } from "./model/environment";
export type { EnvironmentInput } from "./schema/environment";
export type * from "./schema/input";
export { EnvironmentError, type Problem } from "./schema/problem";
export { defineEnvironment } from "./validation/define-environment";
