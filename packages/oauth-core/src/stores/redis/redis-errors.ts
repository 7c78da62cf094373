import { ContextSdkError, StoreError } from '../../errors/index.ts';
import { redisFailureCode } from '../../redis/redis-script.ts';

/** Runs an operation whose failures become {@link StoreError}s. */
export async function translated<R>(operation: () => Promise<R>): Promise<R> {
  try {
    return await operation();
  } catch (failure) {
    throw redisStoreError(failure);
  }
}

/** Keeps only the failure's code: a library's error quotes the command, and with it key and value. */
export function redisStoreError(failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  const code = redisFailureCode(failure);
  if (code === 'WRONGTYPE')
    return new StoreError('corrupt', 'A Redis key holds something that the SDK did not write (WRONGTYPE).');
  return new StoreError('unavailable', `The Redis store failed (${code}).`);
}

/** The texts that a script returned. */
export function textsIn(answer: unknown): string[] {
  if (Array.isArray(answer) && answer.every((item) => typeof item === 'string')) return answer;
  throw new StoreError('corrupt', 'A Redis script returned something other than texts.');
}
