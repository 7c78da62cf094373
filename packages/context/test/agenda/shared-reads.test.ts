import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const WEEK = { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z', timeZone: 'UTC' };

/** A user with a work item, and a hand on the requests that read its type. */
async function start() {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const asked = { types: 0, items: 0 };
  const { connectedUser } = startContext({
    emulated: sandbox,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (/workitemsbatch/i.test(request.url)) asked.items += 1;
      if (!/workitemtypes(\?|$)/i.test(request.url)) return await sandbox.fetch(request);
      asked.types += 1;
      arrived.resolve();
      await gate.promise;
      request.signal.throwIfAborted();
      return await sandbox.fetch(request);
    },
  });
  const user = await connectedUser();
  const client = await user.azureDevOps();
  const { name: project = '' } = sandbox.azureDevOps.organization.projects[0] ?? {};
  const me = await client.identities.me();
  const fields = { 'Microsoft.VSTS.Scheduling.DueDate': '2026-11-25T00:00:00Z' };
  await client.workItems.create({ project, type: 'Task', title: 'x', assignedTo: me.uniqueName, fields });
  return { user, asked, arrived: arrived.promise, open: () => gate.resolve() };
}

const titles = ({ items }: { items: { kind: string; title: string }[] }): string[] =>
  items.flatMap(({ kind, title }) => (kind === 'work-item' ? [title] : []));

test('16.D: an agenda that is aborted takes no other with it that reads the same at that moment', async () => {
  const { user, asked, arrived, open } = await start();
  const controller = new AbortController();
  const first = user.agenda({ ...WEEK, signal: controller.signal });
  await arrived;
  const second = user.agenda(WEEK);
  const alike = user.agenda(WEEK);
  await expect.poll(() => asked.items).toBe(3);
  // Until what was answered is read, and the types are asked for.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
  controller.abort();
  await expect(first).rejects.toThrow();
  open();
  expect(titles(await second)).toEqual(['x']);
  expect(titles(await alike)).toEqual(['x']);
  expect(titles(await user.agenda(WEEK))).toEqual(['x']);
  expect(asked.types).toBeLessThanOrEqual(2);
});
