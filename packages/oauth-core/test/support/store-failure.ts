import { StoreError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect } from 'vitest';
import { expectNoSecretIn } from './canaries.ts';

/** The StoreError that a promise rejects with. Fails on anything else, and on an error that shows a secret. */
export async function storeFailure(promise: Promise<unknown>): Promise<StoreError> {
  const error = await failure(promise);
  if (!(error instanceof StoreError)) return expect.fail(`not a StoreError: ${String(error)}`);
  expectNoSecretIn(error);
  return error;
}
