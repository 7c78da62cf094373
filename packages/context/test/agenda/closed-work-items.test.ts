import { contextTools } from '@context-sdk/context/tools';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** A user whose newest 250 items are in a state of their process' own that is closed, behind one that is open. */
async function userWithClosedItems() {
  const emulated = createSandbox({
    seed: 'empty',
    azureDevOps: { seed: 'empty', rateLimit: false },
    ticktick: { rateLimits: [] },
  });
  const started = startContext({
    emulated,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const response = await emulated.fetch(request);
      if (!/\/workitemtypes\b/i.test(request.url)) return response;
      const text = await response.text();
      return Response.json(JSON.parse(text.replaceAll('"category":"InProgress"', '"category":"Completed"')));
    },
  });
  const user = await started.connectedUser();
  const { azureDevOps } = emulated;
  const assigned = { 'System.AssignedTo': azureDevOps.people[0]?.uniqueName ?? '' };
  const create = (title: string, state: string) =>
    azureDevOps
      .testUser()
      .create({ type: 'Task', fields: { ...assigned, 'System.Title': title, 'System.State': state } });
  create('Open', 'New');
  emulated.clock.advance(1000);
  for (let number = 0; number < 250; number += 1) create('Closed', 'Active');
  return { user, requests: emulated.requests };
}

const WINDOW = { from: '2026-11-20T00:00:00Z', to: '2026-12-20T00:00:00Z', timeZone: 'UTC' };

test('21: an agenda has open items behind any number of items that are closed by the category of their state', async () => {
  const { user, requests } = await userWithClosedItems();
  const { undated, errors } = await user.agenda(WINDOW);
  expect(errors).toEqual({});
  expect(undated.map(({ fields }) => fields['System.Title'])).toEqual(['Open']);
  const operations = requests.map(({ operation }) => operation);
  expect(operations.filter((name) => name === 'wiql.query')).toHaveLength(1);
  expect(operations.filter((name) => name === 'workItem.batchGet')).toHaveLength(2);
});

test('21: and so finds them the assistant', async () => {
  const { user } = await userWithClosedItems();
  const { find } = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const found = await find?.execute({ kind: 'work-items' });
  expect(found?.text).toContain('Open');
  expect(found?.text).not.toContain('Closed');
});
