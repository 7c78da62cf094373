import { expect, test } from 'vitest';
import { fuzzRoutes } from './fuzz.ts';
import { authActions, firstSegments, webhookPaths } from './routes-in-sources.ts';

test('16: no route breaks, rejects or shows a secret, whatever it is sent', async () => {
  await fuzzRoutes({ numRuns: 300, seed: 16 });
}, 120_000);

test('16: the routes that are fuzzed are all there are', () => {
  expect(firstSegments()).toEqual(['auth', 'webhooks']);
  expect(authActions()).toEqual(['authorize', 'callback', 'replace', 'disconnect']);
  expect(webhookPaths().toSorted()).toEqual(['azure-devops', 'google/calendar', 'google/gmail', 'ticktick']);
});
