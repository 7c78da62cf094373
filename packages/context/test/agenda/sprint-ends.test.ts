import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

test('21: an item without a due day is on the last day of its iteration, if the host chooses so', async () => {
  const now = Date.UTC(2026, 10, 22, 10);
  const sandboxOptions = {
    seed: 'empty',
    clock: { now: () => now },
    azureDevOps: { seed: 'empty' },
  } as const;
  const { sandbox, connectedUser } = startContext({ sandbox: sandboxOptions });
  const user = await connectedUser();
  const create = (title: string, fields: Record<string, string>): void => {
    const assigned = { 'System.Title': title, 'System.AssignedTo': 'jamal@fabrikam.example' };
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { ...assigned, ...fields } });
  };
  const sprint = 'Fabrikam\\Release 1\\Sprint 1';
  create('in the sprint', { 'System.IterationPath': sprint });
  create('with a day of its own', {
    'System.IterationPath': sprint,
    'Microsoft.VSTS.Scheduling.DueDate': '2026-11-24T00:00:00Z',
  });
  create('in no sprint', {});
  const window = { from: '2026-11-20T00:00:00Z', to: '2026-12-20T00:00:00Z', timeZone: 'UTC' };
  const plain = await user.agenda(window);
  expect(plain.items.map(({ title }) => title)).toEqual(['with a day of its own']);
  const { items, undated, errors } = await user.agenda({ ...window, useSprintEnd: true });
  expect(errors).toEqual({});
  expect(items.map(({ title, day }) => [title, day])).toEqual([
    ['with a day of its own', '2026-11-24'],
    ['in the sprint', '2026-11-28'],
  ]);
  expect(undated.map(({ fields }) => fields['System.Title'])).toEqual(['in no sprint']);
});

test('16.14: an odd node among the iterations costs no other its end, and the agenda nothing', async () => {
  const now = Date.UTC(2026, 10, 22, 10);
  const ODD = [
    null,
    7,
    'x',
    [],
    {},
    { name: 7 },
    { name: 'x', path: 7 },
    { name: 'x', attributes: 7, children: 7 },
  ];
  const started = startContext({
    sandbox: { seed: 'empty', clock: { now: () => now }, azureDevOps: { seed: 'empty' } },
    async fetch(input, init) {
      const response = await started.sandbox.fetch(input, init);
      if (!/classificationnodes\/iterations/i.test(new Request(input, init).url)) return response;
      const root = (await response.json()) as { children: unknown[] };
      return Response.json({ ...root, children: [...ODD, ...root.children, ...ODD] });
    },
  });
  const user = await started.connectedUser();
  started.sandbox.azureDevOps.testUser().create({
    type: 'Task',
    fields: {
      'System.Title': 'in the sprint',
      'System.AssignedTo': 'jamal@fabrikam.example',
      'System.IterationPath': 'Fabrikam\\Release 1\\Sprint 1',
    },
  });
  const window = { from: '2026-11-20T00:00:00Z', to: '2026-12-20T00:00:00Z', timeZone: 'UTC' };
  const { items, errors } = await user.agenda({ ...window, useSprintEnd: true });
  expect(errors).toEqual({});
  expect(items.map(({ title, day }) => [title, day])).toEqual([['in the sprint', '2026-11-28']]);
});
