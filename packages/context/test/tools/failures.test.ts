import { contextTools } from '@context-sdk/context/tools';
import { ConfigurationError, memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { startAssistant } from './start-assistant.ts';

const FAILURES = [
  new StoreError(
    'corrupt',
    'The record "token/ada@example.com/google/default" does not decrypt with the key k-2027.',
  ),
  new ConfigurationError('The key k-2027 of ada@example.com is missing.'),
];

test.each(FAILURES.map((failure) => [failure.name, failure] as const))(
  '16.16: a tool tells a model nothing of what a %s names',
  async (_name, failure) => {
    const kept = memoryStore();
    let isBroken = false;
    const store: RecordStore = {
      get: async (key) => {
        if (isBroken) throw failure;
        return await kept.get(key);
      },
      compareAndSet: (...args) => kept.compareAndSet(...args),
      delete: (...args) => kept.delete(...args),
      list: (...args) => kept.list(...args),
    };
    const { context } = await startAssistant({ store });
    isBroken = true;
    const answer = await contextTools(context.user('grace'), { timeZone: 'UTC', approve: 'never' })[
      'find'
    ]?.execute({
      kind: 'tasks',
      text: 'x',
    });
    expect(answer).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(answer)).not.toMatch(/ada@|k-2027/);
  },
);
