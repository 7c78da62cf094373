import * as context from '@context-sdk/context';
import * as errors from '@context-sdk/oauth-core/errors';
import { expect, test } from 'vitest';

test('the root has every error, as the one class that the packages throw', () => {
  expect(context).toMatchObject({ ...errors });
});

test.for<[string, () => Promise<object>, () => Promise<object>]>([
  ['ticktick', () => import('@context-sdk/context/ticktick'), () => import('@context-sdk/ticktick-client')],
  ['google', () => import('@context-sdk/context/google'), () => import('@context-sdk/google-workspace')],
  [
    'azure-devops',
    () => import('@context-sdk/context/azure-devops'),
    () => import('@context-sdk/ado-client'),
  ],
  ['file', () => import('@context-sdk/context/file'), () => import('@context-sdk/oauth-core/file')],
  ['sqlite', () => import('@context-sdk/context/sqlite'), () => import('@context-sdk/oauth-core/sqlite')],
  ['redis', () => import('@context-sdk/context/redis'), () => import('@context-sdk/oauth-core/redis')],
  [
    'postgres',
    () => import('@context-sdk/context/postgres'),
    () => import('@context-sdk/oauth-core/postgres'),
  ],
  [
    'encrypted',
    () => import('@context-sdk/context/encrypted'),
    () => import('@context-sdk/oauth-core/encrypted'),
  ],
  [
    'redis-rate-limiter',
    () => import('@context-sdk/context/redis-rate-limiter'),
    () => import('@context-sdk/oauth-core/redis-rate-limiter'),
  ],
  [
    'throttle',
    () => import('@context-sdk/context/throttle'),
    () => import('@context-sdk/oauth-core/throttle'),
  ],
  [
    'opentelemetry',
    () => import('@context-sdk/context/opentelemetry'),
    () => import('@context-sdk/oauth-core/opentelemetry'),
  ],
  [
    'providers',
    () => import('@context-sdk/context/providers'),
    () => import('@context-sdk/oauth-core/providers'),
  ],
  [
    'store-kit',
    () => import('@context-sdk/context/store-kit'),
    () => import('@context-sdk/oauth-core/store-kit'),
  ],
  ['testing', () => import('@context-sdk/context/testing'), () => import('@context-sdk/oauth-core/testing')],
])('sub-path %s has all of the package behind it', async ([, subPath, origin]) => {
  expect({ ...(await subPath()) }).toEqual({ ...(await origin()) });
});
