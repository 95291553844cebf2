// The roles of a pipeline, and the policies that they have.

/** The names of what the stack `ci-access` makes. */
export interface CiNames {
  /** The role that looks, and never changes anything. */
  readonly planRole: string;
  /** The role that deploys. */
  readonly deployRole: string;
  /** What the names of the policies begin with that both roles have. */
  readonly readPolicies: string;
  /** What the names of the deploy role's own policies begin with. */
  readonly deployPolicies: string;
  /** What the deploy role can have at most. */
  readonly deployBoundary: string;
  /** What the roles that it makes for the platform can have at most. */
  readonly platformBoundary: string;
}

/** @param base the environment's name */
export function ciNames(base: string): CiNames {
  return {
    planRole: `${base}-ci-plan`,
    deployRole: `${base}-ci-deploy`,
    readPolicies: `${base}-ci-read`,
    deployPolicies: `${base}-ci-deploy`,
    deployBoundary: `${base}-ci-deploy-boundary`,
    platformBoundary: `${base}-ci-platform-boundary`,
  };
}

/** The name of one policy of several. @param index counted from 0 */
export function numberedPolicy(policies: string, index: number): string {
  return `${policies}-${index + 1}`;
}
