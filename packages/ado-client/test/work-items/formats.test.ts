import type { AdoClient } from '@context-sdk/ado-client';
import type { Sandbox } from '@context-sdk/sandbox';
import { beforeEach, expect, test } from 'vitest';
import { type Account, useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();
let sandbox: Sandbox;
let client: AdoClient;
let clientWith: Account['clientWith'];
const TITLE = 'x';

beforeEach(() => {
  ({ sandbox, client, clientWith } = start());
});

const REFUSED = { code: 'invalid_request', message: expect.stringContaining('is a plain field') };
const FORMATS = [{ markdown: '**a**' }, { html: '<b>a</b>' }];

test.each(FORMATS)(
  "21.14: %o for a plain field of the organization's own is refused, wherever it is given",
  async (value) => {
    const fields = { 'Custom.Customer': value };
    const refusal = { ...REFUSED, field: 'fields.Custom.Customer' };
    await expect(client.workItems.create({ type: 'Task', title: TITLE, fields })).rejects.toMatchObject(
      refusal,
    );
    const { id } = await client.workItems.create({ type: 'Task', title: TITLE });
    await expect(client.workItems.update(id, { fields })).rejects.toMatchObject(refusal);
    await expect(client.workItems.update(id, () => ({ fields }))).rejects.toMatchObject(refusal);
    await expect(client.workItems.update(id, { fields, tags: { remove: ['a'] } })).rejects.toMatchObject(
      refusal,
    );
    const created = await client.workItems.createMany([
      { type: 'Task', title: TITLE, fields },
      { type: 'Task', title: TITLE },
    ]);
    expect(created).toMatchObject([
      { status: 'failed', error: { ...REFUSED, field: 'items[0].fields.Custom.Customer' } },
      { status: 'ok' },
    ]);
    expect(await client.workItems.updateMany([{ id, changes: { fields } }])).toMatchObject([
      { status: 'failed', error: { ...REFUSED, field: 'items[0].changes.fields.Custom.Customer' } },
    ]);
    expect((await client.workItems.get(id)).fields).not.toHaveProperty(['Custom.Customer']);
  },
);

test("21.14: a field's type is asked for once, and only where a format is given to a field that isn't known", async () => {
  const asked = (): number => sandbox.requests.filter(({ operation }) => operation === 'field.get').length;
  const before = asked();
  await client.workItems.create({
    type: 'Task',
    title: TITLE,
    description: { markdown: 'a' },
    fields: { 'Custom.Customer': 'a' },
  });
  await client.workItems.create({
    type: 'Bug',
    title: TITLE,
    fields: { 'Microsoft.VSTS.TCM.SystemInfo': { html: 'a' } },
  });
  expect(asked()).toBe(before);
  for (const _ of [1, 2]) {
    const fields = { 'Custom.ReleaseTrain': { markdown: 'a' } };
    await expect(client.workItems.create({ type: 'Task', title: TITLE, fields })).rejects.toMatchObject(
      REFUSED,
    );
  }
  expect(asked()).toBe(before + 1);
});

test('what a client knows of a field goes with it: the next one asks itself, since the field may be another by then', async () => {
  const asked = (): number => sandbox.requests.filter(({ operation }) => operation === 'field.get').length;
  const fields = { 'Custom.ReleaseTrain': { markdown: 'a' } };
  for (const one of [client, clientWith({})]) {
    const before = asked();
    await expect(one.workItems.create({ type: 'Task', title: TITLE, fields })).rejects.toMatchObject(REFUSED);
    expect(asked()).toBe(before + 1);
  }
});

test.each([
  'System.Title',
  'Microsoft.VSTS.Scheduling.Effort',
  'System.Reason',
  'Microsoft.VSTS.Common.Priority',
])('21.14: a format for %s is refused without a request', async (name) => {
  const count = sandbox.requests.length;
  const fields = { [name]: { markdown: 'a' } };
  await expect(client.workItems.update(1, { fields })).rejects.toMatchObject(REFUSED);
  expect(sandbox.requests).toHaveLength(count);
});

test('21.14: a field that cannot be looked up is left to the service', async () => {
  const fields = { 'Custom.Nowhere': { html: 'a' } };
  await expect(client.workItems.create({ type: 'Task', title: TITLE, fields })).rejects.toMatchObject({
    serviceCode: 'TF51535',
  });
});
