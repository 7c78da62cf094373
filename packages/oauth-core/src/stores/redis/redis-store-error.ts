import { ContextSdkError, StoreError } from '../../errors/index.ts';
import { redisFailureCode } from '../../redis/redis-failure.ts';

/** Only the code of the failure goes on: a library's error holds the command, and with it key and value. */
export function redisStoreError(failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  const code = redisFailureCode(failure);
  if (code === 'WRONGTYPE')
    return new StoreError('corrupt', 'A Redis key holds something that the SDK did not write (WRONGTYPE).');
  return new StoreError('unavailable', `The Redis store failed (${code}).`);
}
