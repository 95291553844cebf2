// Names that both an environment file and the resources use.

/** The bucket of what customers upload; bucket names are unique across all AWS accounts. */
export function uploadsBucket(environment: string): string {
  return `example-${environment}-uploads`;
}
