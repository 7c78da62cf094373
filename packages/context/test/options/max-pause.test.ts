import { ConfigurationError, createContext, RateLimitError } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

test('20: maxPauseMs is an option of the context, for all services', async () => {
  const { sandbox, connectedUser } = startContext({ maxPauseMs: 1000, retry: { attempts: 3 } });
  const user = await connectedUser();
  const refused = { kind: 'status', status: 429, retryAfter: 2 } as const;
  const calls = [
    () => user.ticktick.projects.list(),
    () => user.calendar.calendars.get(),
    async () => await (await user.azureDevOps()).projects.list().toArray(),
  ];
  for (const call of calls) {
    const { hits } = sandbox.faults.inject(refused, { rate: 1 });
    expect(hits).toBe(0);
    const error = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 2000 });
    sandbox.faults.clear();
  }
});

test('20: maxPauseMs that is not a duration is refused', () => {
  const options = { store: memoryStore(), baseUrl: 'https://host.example', providers: { ticktick: {} } };
  expect(() => createContext({ ...options, maxPauseMs: -1 })).toThrow(ConfigurationError);
  expect(() => createContext({ ...options, maxPauseMs: Number.NaN })).toThrow('maxPauseMs must be a number.');
});
