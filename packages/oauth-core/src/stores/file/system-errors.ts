import { ContextSdkError, StoreError } from '../../errors/index.ts';

/** The system's code of a failure, for example `ENOENT`. */
export function systemCode(failure: unknown): string | undefined {
  if (!(failure instanceof Error) || !('code' in failure)) return undefined;
  return typeof failure.code === 'string' ? failure.code : undefined;
}

/** Runs a step whose failure with one of these codes is an answer, not an error; it then gives undefined. */
export async function ignoring<R>(
  codes: readonly string[],
  step: () => R | Promise<R>,
): Promise<R | undefined> {
  try {
    return await step();
  } catch (failure) {
    if (codes.includes(systemCode(failure) ?? '')) return undefined;
    throw failure;
  }
}

/** Runs an operation; what the system throws becomes a {@link StoreError} with its code and without a value. */
export async function translated<R>(operation: () => Promise<R>): Promise<R> {
  try {
    return await operation();
  } catch (failure) {
    if (failure instanceof ContextSdkError) throw failure;
    throw new StoreError('unavailable', `The file store failed (${systemCode(failure) ?? 'unknown'}).`);
  }
}
