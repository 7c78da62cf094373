/** What was thrown, as an error. Anything can be thrown, also `undefined`, and must not look like success. */
export function asError(thrown: unknown): Error {
  if (isError(thrown)) return thrown;
  return new Error(`A value of type ${typeof thrown} was thrown, which is not an error.`, { cause: thrown });
}

/** A proxy may throw if it is inspected. */
function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error;
  } catch {
    return false;
  }
}

const MAX_NAME_LENGTH = 200;

/** The name of an error that a host threw, which may not even be a text. */
export function nameOfError(error: Error): string {
  try {
    const name: unknown = error.name;
    return typeof name === 'string' ? name.slice(0, MAX_NAME_LENGTH) : 'Error';
  } catch {
    return 'Error';
  }
}
