import { createSandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { start } from './support/setup.ts';

const clock = { now: () => start };

describe('the demo', () => {
  test('is one organization with two projects and 60 work items of every type', () => {
    const { azureDevOps } = createSandbox({ clock });
    expect(azureDevOps.organization).toMatchObject({
      url: 'https://dev.azure.com/fabrikam',
      projects: [
        { name: 'Fabrikam', process: 'Agile' },
        { name: 'Tailwind', process: 'Scrum' },
      ],
    });
    const items = azureDevOps.testUser().all();
    expect(items).toHaveLength(60);
    const types = new Set(items.map(({ fields }) => fields['System.WorkItemType']));
    expect(types).toEqual(new Set(['Epic', 'Feature', 'User Story', 'Product Backlog Item', 'Task', 'Bug']));
    const without = (name: string): number => items.filter(({ fields }) => !(name in fields)).length;
    expect(without('System.Parent')).toBe(3);
    expect(without('System.Tags')).toBeLessThan(45);
    expect(without('System.AssignedTo')).toBeLessThan(30);
  });

  test('has a past, and is the same every time', () => {
    const [one, two] = [createSandbox({ clock }), createSandbox({ clock })].map(({ azureDevOps }) =>
      azureDevOps.testUser().all(),
    );
    expect(one).toEqual(two);
    for (const { rev, fields } of one ?? []) {
      expect(rev).toBe(2);
      expect(Date.parse(String(fields['System.ChangedDate']))).toBeLessThan(start);
      expect(Date.parse(String(fields['System.CreatedDate']))).toBeLessThan(
        Date.parse(String(fields['System.ChangedDate'])),
      );
    }
  });
});

test('holds a number of tasks, or nothing, and every organization its own', () => {
  const sandbox = createSandbox({
    clock,
    seed: 'empty',
    azureDevOps: { seed: 3, organizations: ['one', 'two'] },
  });
  sandbox.azureDevOps.testUser('two').create({ type: 'Bug', fields: { 'System.Title': 'x' } });
  expect(
    sandbox.azureDevOps
      .testUser('one')
      .all()
      .map(({ fields }) => fields['System.Title']),
  ).toEqual(['Task 1', 'Task 2', 'Task 3']);
  expect(sandbox.azureDevOps.testUser('two').all()).toHaveLength(4);
  expect(sandbox.azureDevOps.organizations.map(({ name }) => name)).toEqual(['one', 'two']);
  const empty = createSandbox({ clock, seed: 'empty' }).azureDevOps;
  expect(empty.testUser().all()).toEqual([]);
  expect(empty.organization.projects).toHaveLength(1);
});

test('knows only what it has', () => {
  const { azureDevOps } = createSandbox({ clock, seed: 'empty' });
  expect(() => azureDevOps.testUser('contoso')).toThrow(RangeError);
  expect(() => azureDevOps.issuePat({ person: 'nobody' })).toThrow(RangeError);
  expect(() => azureDevOps.testUser().create({ type: 'Task', project: 'Nowhere' })).toThrow(RangeError);
  expect(() => createSandbox({ azureDevOps: { organizations: [] } })).toThrow(RangeError);
});
