import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();

/** As the service has them: ids of areas and iterations are required, their paths are not. */
const FIELDS = [
  { referenceName: 'System.Title', alwaysRequired: true },
  { referenceName: 'System.IterationId', alwaysRequired: true, defaultValue: null },
  { referenceName: 'System.AreaId', alwaysRequired: true, defaultValue: null },
  { referenceName: 'System.AreaPath', alwaysRequired: false },
  { referenceName: 'Custom.Risk', alwaysRequired: true, allowedValues: [] },
  { referenceName: 'Custom.Size', alwaysRequired: false, allowedValues: ['S', 'M'] },
];
const DEFINITIONS = [
  { referenceName: 'System.Title', type: 'string' },
  { referenceName: 'System.AreaPath', type: 'treePath', readOnly: true },
  { referenceName: 'Custom.Risk', type: 'string' },
  { referenceName: 'Custom.Size', type: 'string', isPicklist: true, isPicklistSuggested: true },
];
const AREAS = { id: 1, name: 'Fabrikam', path: '\\Fabrikam\\Area' };

function service() {
  return clientOf(
    ({ url }) => {
      if (url.pathname.includes('classificationnodes')) return AREAS;
      return { value: url.pathname.includes('workitemtypes') ? FIELDS : DEFINITIONS };
    },
    { project: 'Fabrikam' },
  ).client;
}

test('21: an item that names no area and no iteration is as it should be, and so are required fields in another case', async () => {
  const problems = await service().types.check({
    type: 'Task',
    title: 'x',
    fields: { 'custom.risk': 'high', 'system.areapath': 'Fabrikam' },
  });
  expect(problems).toEqual([]);
});

test('21: what is required and missing is still told, and a path in another case is looked up', async () => {
  const fields = { 'system.areapath': 'Fabrikan', 'Custom.Risk': ' ' };
  expect(await service().types.check({ type: 'Task', title: 'x', fields })).toEqual([
    {
      field: 'system.areapath',
      message: "is not one of the project's areas; did you mean Fabrikam?",
    },
    { field: 'Custom.Risk', message: 'is required' },
  ]);
});

test('21: a list that only suggests its values refuses none', async () => {
  const fields = { 'Custom.Risk': 'high', 'Custom.Size': 'XXL' };
  expect(await service().types.check({ type: 'Task', title: 'x', fields })).toEqual([]);
});

test("21: the sandbox's types require the ids of areas and iterations, as the service's do", async () => {
  const { client } = start();
  const fields = await client.types.fields('Task');
  const required = fields.filter(({ alwaysRequired }) => alwaysRequired);
  expect(required.map(({ referenceName }) => referenceName).toSorted()).toEqual([
    'System.AreaId',
    'System.IterationId',
    'System.State',
    'System.Title',
  ]);
  expect(await client.types.check({ type: 'Task', title: 'x' })).toEqual([]);
});
