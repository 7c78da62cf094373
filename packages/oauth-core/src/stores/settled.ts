/** How a call to a store went. */
export type Settled<R> = { result: R; failure?: undefined } | { result?: undefined; failure: unknown };

/** A promise's outcome as data, for code that goes on after a failure. */
export async function settled<R>(promise: Promise<R>): Promise<Settled<R>> {
  try {
    return { result: await promise };
  } catch (failure) {
    return { failure };
  }
}
