import * as sdk from '@context-sdk/context';
import { ContextSdkError, describeForUser, NoFreeSlotError, type UserAction } from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const CANARY = 'token/ada@example.com/google/default';

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-30T10:00:00Z'), toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

const CASES: readonly (readonly [make: () => unknown, action: UserAction, text: string])[] = [
  [
    () => new sdk.ReauthorizationRequiredError('revoked', { service: 'google', hint: CANARY }),
    'connect',
    'The connection to Google has ended. Connect it again.',
  ],
  [
    () => new sdk.ReauthorizationRequiredError('never-connected', { service: 'ticktick' }),
    'connect',
    'TickTick is not connected yet. Connect it first.',
  ],
  [
    () => new sdk.MissingScopeError(['https://mail.google.com/'], { service: 'gmail' }),
    'connect',
    'Gmail has not been allowed to do this yet. Connect it again, and allow what it asks for.',
  ],
  [
    () => new sdk.AuthorizationError('denied', CANARY, { service: 'google' }),
    'connect',
    'You did not allow access to Google, so nothing was connected.',
  ],
  [
    () => new sdk.AuthorizationError('denied', CANARY, { service: 'google', providerCode: 'server_error' }),
    'connect',
    'Signing in to Google was not completed. Begin again.',
  ],
  [
    () => new sdk.RateLimitError(CANARY, { service: 'azure-devops', retryAfterMs: 20_500 }),
    'wait',
    'There were too many requests to Azure DevOps. Try again in 21 seconds.',
  ],
  [
    () =>
      new sdk.RateLimitError(CANARY, {
        service: 'gmail',
        retryAfterMs: 23.5 * 3_600_000,
        retryable: false,
      }),
    'wait',
    'There were too many requests to Gmail. Try again in 24 hours.',
  ],
  [
    () => new sdk.ServiceUnavailableError(CANARY, { service: 'ticktick', retryAfterMs: 300_000 }),
    'retry',
    'TickTick does not answer at the moment. If you changed something, look whether it was done before you try again. Try again in 5 minutes.',
  ],
  [
    () => new sdk.NotFoundError(CANARY, { service: 'google-calendar' }),
    'reload',
    'This is not in Google Calendar anymore, or you can’t see it there.',
  ],
  [
    () => new sdk.InvalidRequestError(CANARY, { field: 'dueDate' }),
    'change',
    'The service can’t do this with what was entered.',
  ],
  [
    () => new sdk.PermissionError(CANARY, { service: 'notes' }),
    'ask',
    'You are not allowed to do this in notes. Ask whoever manages it.',
  ],
  [
    () => new NoFreeSlotError(60, undefined),
    'change',
    'There is not enough free time for this. Try less time, or more days.',
  ],
  [
    () => new sdk.StoreError('corrupt', CANARY),
    'retry',
    'Something went wrong on our side. Try again later.',
  ],
  [() => new sdk.ConfigurationError(CANARY), 'report', 'Something went wrong on our side. Try again later.'],
  [() => new Error(CANARY), 'report', 'Something went wrong on our side. Try again later.'],
  [() => undefined, 'report', 'Something went wrong on our side. Try again later.'],
];

describe('26: errors in words for people', () => {
  test.for(CASES)('%s', ([make, action, text]) => {
    expect(describeForUser(make())).toMatchObject({ action, text });
  });

  test('a time to wait is told as a time, too', () => {
    const error = new sdk.RateLimitError('x', { service: 'ticktick', retryAfterMs: 60_000 });
    expect(describeForUser(error)).toEqual({
      text: 'There were too many requests to TickTick. Try again in 60 seconds.',
      action: 'wait',
      code: 'rate_limited',
      service: 'ticktick',
      retryAt: Date.parse('2026-11-30T10:01:00Z'),
    });
  });

  test('every class of error has words of its own, but for those that are ours', () => {
    const ours = ['ConfigurationError', 'WebhookParseError', 'WebhookVerificationError'];
    const classes = Object.values<unknown>({ ...sdk }).filter(isErrorClass);
    expect(classes.length).toBeGreaterThan(15);
    const words = classes.map((one) => {
      const { code } = new one(...argumentsFor(one.name));
      const { text } = describeForUser(new ContextSdkError(code, CANARY, false, { service: 'ticktick' }));
      expect(text).not.toContain(CANARY);
      return [one.name, text] as const;
    });
    const general = describeForUser(undefined).text;
    const without = words.filter(([, text]) => text === general).map(([name]) => name);
    expect(without.toSorted()).toEqual([...ours, 'StoreError'].toSorted());
  });
});

function isErrorClass(value: unknown): value is new (...args: unknown[]) => ContextSdkError {
  return (
    typeof value === 'function' && value !== ContextSdkError && value.prototype instanceof ContextSdkError
  );
}

function argumentsFor(name: string): unknown[] {
  if (name === 'NoFreeSlotError') return [60, undefined];
  if (name === 'GrantChangedError') return [];
  if (name === 'MissingScopeError') return [['scope']];
  if (name === 'AuthorizationError') return ['code-missing', 'x'];
  if (name === 'StoreError') return ['unavailable', 'x'];
  if (name === 'ReauthorizationRequiredError') return ['revoked'];
  return ['x', { retryAfterMs: 1, timeoutMs: 1, sent: true }];
}
