import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { FakeItem } from '../support/fake-item.ts';

function reset(): TypeError {
  const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  return new TypeError('fetch failed', { cause });
}

/** Writes values as the service stores them. */
class StoringItem extends FakeItem {
  override toWire(): unknown {
    this.fields = Object.fromEntries(
      Object.entries(this.fields).map(([name, value]) => [spelled(name), stored(value)]),
    );
    this.revisions.set(this.rev, { ...this.fields });
    return super.toWire();
  }
}

function spelled(name: string): string {
  return name === 'system.title' ? 'System.Title' : name;
}

function stored(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .trim()
    .replace(/\.000Z$/, 'Z')
    .replace(/\.128Z$/, '.127Z')
    .replace(/<p>(.*)<\/p>/, '<div>$1<br></div>')
    .replace(/\\$/, '');
}

test.each([
  ['a time', { 'Custom.When': new Date('2026-11-23T09:00:00Z') }],
  ['a time to the millisecond', { 'Custom.When': '2026-11-23T09:00:00.128Z' }],
  ['a time with an offset', { 'Custom.When': '2026-11-23T10:00:00+01:00' }],
  ['markup', { 'System.Description': '<p>So &amp; so</p>' }],
  ['a title with spaces', { 'System.Title': ' x ' }],
  ['a field in another case', { 'system.title': 'x' }],
  ['a path', { 'System.AreaPath': 'Fabrikam\\Web\\' }],
])(
  '21: %s that is stored another way is recognized after a lost response: nothing is done twice',
  async (_what, fields) => {
    const item = new StoringItem();
    item.fields = { 'Custom.Count': 0 };
    let isLost = false;
    const { client } = clientOf((request) => {
      const answer = item.answer(request);
      if (request.method !== 'PATCH' || isLost) return answer;
      isLost = true;
      throw reset();
    });
    await client.workItems.update(7, (current) => ({
      fields: { ...fields, 'Custom.Count': Number(current.fields['Custom.Count']) + 1 },
    }));
    expect(item.fields['Custom.Count']).toBe(1);
  },
);

test('21: what somebody else wrote is not taken for one’s own', async () => {
  const item = new StoringItem();
  item.fields = { 'Custom.When': '2026-01-01T00:00:00Z' };
  let patches = 0;
  const { client } = clientOf((request) => {
    if (request.method === 'PATCH' && (patches += 1) === 1) {
      const value = '2026-11-23T09:00:00.128Z';
      item.answer({ ...request, json: [{ op: 'add', path: '/fields/Custom.When', value }] });
      throw reset();
    }
    return item.answer(request);
  });
  const changes = { fields: { 'Custom.When': '2026-11-23T09:00:01.128Z' } };
  expect(await failure(client.workItems.update(7, changes, { ifRev: 1 }))).toMatchObject({
    code: 'conflict',
  });
});

test('21: a patch that arrives after the look at the item is not done twice', async () => {
  const item = new FakeItem();
  item.fields = { 'Custom.Count': 0 };
  let late: (() => unknown) | undefined;
  let patches = 0;
  const { client } = clientOf((request) => {
    if (request.method !== 'PATCH') return item.answer(request);
    if ((patches += 1) === 1) {
      late = () => item.answer(request);
      throw reset();
    }
    late?.();
    late = undefined;
    return item.answer(request);
  });
  await client.workItems.update(7, (current) => ({
    fields: { 'Custom.Count': Number(current.fields['Custom.Count']) + 1 },
  }));
  expect(item.fields['Custom.Count']).toBe(1);
});
