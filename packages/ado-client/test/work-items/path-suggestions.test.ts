import { expect, test } from 'vitest';
import { clientOf, refused } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();
const AREA = {
  code: 'invalid_request',
  field: 'System.AreaPath',
  serviceCode: 'TF401347',
  message: expect.stringContaining('did you mean Fabrikam\\Web?') as string,
};
const ITERATION = {
  field: 'System.IterationPath',
  message: expect.stringContaining('did you mean Fabrikam\\Release 1\\Sprint 1?') as string,
};

test('21: a wrong area or iteration of a new item suggests the right one', async () => {
  const { client } = start();
  const task = { type: 'Task', title: 'x' };
  await expect(client.workItems.create({ ...task, areaPath: 'Fabrikam\\Wbe' })).rejects.toMatchObject(AREA);
  const iterationPath = 'Fabrikam\\Release 1\\Spirnt 1';
  await expect(client.workItems.create({ ...task, iterationPath })).rejects.toMatchObject(ITERATION);
  const fields = { 'System.AreaPath': 'Fabrikam\\Wbe' };
  const outcomes = await client.workItems.createMany([task, { ...task, fields }]);
  expect(outcomes).toMatchObject([{ status: 'ok' }, { status: 'failed', error: AREA }]);
});

test('21: so does one of an item that is changed, in whatever way', async () => {
  const { client } = start();
  const { id } = await client.workItems.create({ type: 'Task', title: 'x' });
  const wrong = { areaPath: 'Fabrikam\\Wbe' };
  await expect(client.workItems.update(id, wrong)).rejects.toMatchObject(AREA);
  await expect(client.workItems.update(id, wrong, { ifRev: 1 })).rejects.toMatchObject(AREA);
  await expect(client.workItems.update(id, () => wrong)).rejects.toMatchObject(AREA);
  await expect(client.workItems.update(id, { ...wrong, parent: null })).rejects.toMatchObject(AREA);
  const updates = [
    { id, changes: wrong },
    { id, changes: { iterationPath: 'Sprint 1' } },
  ];
  expect(await client.workItems.updateMany(updates)).toMatchObject([
    { status: 'failed', error: AREA },
    { status: 'failed', error: ITERATION },
  ]);
});

test("21: a tree that can't be read leaves the service's own words", async () => {
  const { client } = clientOf(({ method }) =>
    method === 'GET'
      ? refused(403, 'PermissionDeniedException', 'No.')
      : refused(
          400,
          'WorkItemFieldInvalidTreeNameException',
          "TF401347: Invalid tree name, field 'System.AreaPath'.",
        ),
  );
  const error = { field: 'System.AreaPath', message: expect.not.stringContaining('did you mean') as string };
  await expect(client.workItems.update(1, { areaPath: 'A\\B' })).rejects.toMatchObject(error);
});
