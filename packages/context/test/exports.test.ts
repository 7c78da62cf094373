import * as context from '@context-sdk/context';
import * as errors from '@context-sdk/oauth-core/errors';
import { expect, test } from 'vitest';

test('the root has every error, as the one class that the packages throw', () => {
  expect(context).toMatchObject({ ...errors });
});

test.for([
  ['ticktick', '@context-sdk/ticktick-client'],
  ['google', '@context-sdk/google-workspace'],
  ['azure-devops', '@context-sdk/ado-client'],
  ['file', '@context-sdk/oauth-core/file'],
  ['sqlite', '@context-sdk/oauth-core/sqlite'],
  ['redis', '@context-sdk/oauth-core/redis'],
  ['postgres', '@context-sdk/oauth-core/postgres'],
  ['encrypted', '@context-sdk/oauth-core/encrypted'],
  ['redis-rate-limiter', '@context-sdk/oauth-core/redis-rate-limiter'],
  ['throttle', '@context-sdk/oauth-core/throttle'],
  ['opentelemetry', '@context-sdk/oauth-core/opentelemetry'],
  ['testing', '@context-sdk/oauth-core/testing'],
] as const)('sub-path %s has all of %s', async ([subPath, origin]) => {
  const exported = (await import(`@context-sdk/context/${subPath}`)) as object;
  expect({ ...exported }).toEqual({ ...((await import(origin)) as object) });
});
