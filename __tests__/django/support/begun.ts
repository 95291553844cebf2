// Begins what takes long before the tests of a block, so that it runs beside those which do not wait for it.

/**
 * Called inside of `describe`, after the `beforeAll` that the work needs.
 * @returns what a test awaits: what the work came to
 */
export function begun<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  beforeAll(() => {
    result = work();
    // The test that awaits it says so.
    result.catch(() => undefined);
  });
  return () => result ?? Promise.reject(new Error("It was not begun."));
}
