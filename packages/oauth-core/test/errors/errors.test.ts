import { readFileSync } from 'node:fs';
import * as sdk from '@context-sdk/oauth-core';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The errors as another version's bundle has them. */
async function anotherCopy(): Promise<typeof sdk> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '@context-sdk/oauth-core/errors'`, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['@context-sdk/source'],
  });
  return (await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
  )) as typeof sdk;
}

test('errors of another installed copy are recognized, by their own class only', async () => {
  const other = await anotherCopy();
  expect(other.NotFoundError).not.toBe(sdk.NotFoundError);
  const error = new other.NotFoundError('x');
  expect(error).toBeInstanceOf(sdk.NotFoundError);
  expect(error).toBeInstanceOf(sdk.ApiError);
  expect(error).toBeInstanceOf(sdk.ContextSdkError);
  expect(error).not.toBeInstanceOf(sdk.ConflictError);
  expect(new Error('x')).not.toBeInstanceOf(sdk.ContextSdkError);
  for (const value of [undefined, null, 'x', 1, {}, Object.create(null)]) {
    expect(value instanceof sdk.ContextSdkError).toBe(false);
  }
});

test('a host’s own subclass is not mistaken for its base', () => {
  class HostError extends sdk.NotFoundError {}
  expect(new sdk.NotFoundError('x') instanceof HostError).toBe(false);
  expect(new HostError('x') instanceof HostError).toBe(true);
  expect(new HostError('x') instanceof sdk.NotFoundError).toBe(true);
});

test('every class has its name, a code, and whether trying again helps', () => {
  const errors = [
    new sdk.AbortedError('x'),
    new sdk.ApiError('x'),
    new sdk.AuthorizationError('denied', 'x'),
    new sdk.ConfigurationError('x'),
    new sdk.ConflictError('x'),
    new sdk.InvalidRequestError('x'),
    new sdk.MissingScopeError(['a']),
    new sdk.NetworkError('x', { sent: true }),
    new sdk.NotFoundError('x'),
    new sdk.PermissionError('x'),
    new sdk.RateLimitError('x', { retryAfterMs: 1 }),
    new sdk.ReauthorizationRequiredError('expired'),
    new sdk.ServiceUnavailableError('x'),
    new sdk.StoreError('unavailable', 'x'),
    new sdk.TimeoutError('x', { timeoutMs: 1 }),
    new sdk.UnexpectedResponseError('x'),
    new sdk.WebhookParseError('x'),
    new sdk.WebhookVerificationError('x'),
  ];
  for (const error of errors) expect(error.name).toBe(error.constructor.name);
  expect(new Set(errors.map(({ code }) => code)).size).toBe(errors.length);
  expect(errors.filter(({ retryable }) => retryable).map(({ name }) => name)).toEqual([
    'AbortedError',
    'NetworkError',
    'RateLimitError',
    'ServiceUnavailableError',
    'StoreError',
    'TimeoutError',
  ]);
});

/** With a code too few, or one that no class has, this doesn't compile. */
const CODES: Record<sdk.ErrorCode, true> = {
  aborted: true,
  api_error: true,
  authorization_failed: true,
  configuration: true,
  conflict: true,
  grant_changed: true,
  invalid_request: true,
  missing_scope: true,
  network: true,
  no_free_slot: true,
  not_found: true,
  permission_denied: true,
  rate_limited: true,
  reauthorization_required: true,
  service_unavailable: true,
  store: true,
  timeout: true,
  unexpected_response: true,
  webhook_malformed: true,
  webhook_unverified: true,
};

test('26: the codes that editors offer are those of docs/errors.md', () => {
  const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = Array.from(page.matchAll(/^\| `\w+` +\| `(\w+)`/gm), ([, code]) => code);
  expect(new Set(rows)).toEqual(new Set(Object.keys(CODES)));
});
