// Turns the errors by which AWS says that something does not exist into an answer like any other.

/**
 * What the call gives, or `undefined` where AWS says that there is no such thing.
 * @param errors the names of the errors by which the service says so
 */
export async function unlessAbsent<Output>(
  call: Promise<Output>,
  ...errors: readonly string[]
): Promise<Output | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && errors.includes(error.name)) {
      return undefined;
    }
    throw error;
  }
}
