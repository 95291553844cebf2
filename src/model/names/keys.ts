// The aliases of the keys that an environment makes.

/** The key of all data at rest. */
export function keyAlias(base: string): string {
  return `alias/${base}`;
}

/** The key of the backups' copies, in their own region. @param alias that of the environment's key */
export function copyKeyAlias(alias: string): string {
  return `${alias}-backup`;
}

/** The key of the images. @param alias that of the environment's key */
export function registryKeyAlias(alias: string): string {
  return `${alias}-registry`;
}
