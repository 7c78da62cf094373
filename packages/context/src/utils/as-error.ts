/** What was thrown, as an error. Anything can be thrown, also `undefined`, and must not look like success. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(`A value of type ${typeof thrown} was thrown, which is not an error.`, { cause: thrown });
}
