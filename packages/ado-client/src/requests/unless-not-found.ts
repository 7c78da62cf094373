import { NotFoundError } from '@context-sdk/oauth-core';

/** What a call gives, or undefined where that is not there. */
export async function unlessNotFound<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
