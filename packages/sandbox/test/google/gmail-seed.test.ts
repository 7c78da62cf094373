import { describe, expect, test } from 'vitest';
import { fieldsOf, listOf, textOf } from '../support.ts';
import { ADA, gmailApi, GRACE, onlyText, setUpGmail } from './gmail-support.ts';

describe('the demo inbox', () => {
  test('has 13 mails in six threads of the last week, some of them unread, one with a file', async () => {
    const { api, gmail, sandbox } = setUpGmail({}, { seed: 'demo' });
    expect((await api('GET /profile')).json).toMatchObject({ messagesTotal: 13, threadsTotal: 6 });
    const ages = gmail.messages().map(({ internalDate }) => sandbox.clock.now() - Number(internalDate));
    expect(ages.every((age) => age > 0 && age < 7 * 86_400_000)).toBe(true);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    const counts = async (query: string): Promise<number> =>
      listOf(fieldsOf((await api(`GET /messages?q=${query}`)).json)['messages']).length;
    expect(await counts('is:unread')).toBe(3);
    expect(await counts('has:attachment')).toBe(1);
    expect(await counts('in:sent')).toBe(4);
  });

  test('has senders and subjects in several scripts, in mails that Gmail would take', async () => {
    const { api, gmail } = setUpGmail({ concurrency: { gmail: 100 } }, { seed: 'demo' });
    const read = await Promise.all(
      gmail.messages().map(async ({ id }) => {
        const { json } = await api(`GET /messages/${id}?format=metadata&metadataHeaders=From`);
        return listOf(fieldsOf(fieldsOf(json)['payload'])['headers']).map((header) =>
          textOf(header, 'value'),
        );
      }),
    );
    const senders = read.flat();
    for (const name of ['田中 由紀', 'ليلى حداد', 'Søren Ångström']) {
      expect(senders.some((sender) => sender.startsWith(`${name} <`))).toBe(true);
    }
    for (const message of gmail.messages()) {
      expect(onlyText([message])).toMatch(/^([\x20-\x7e]{0,998}\r\n)+$/);
    }
  });

  test("is Ada's alone, and there is none in an empty sandbox", async () => {
    const demo = setUpGmail({}, { seed: 'demo' });
    expect(demo.sandbox.google.testUser(GRACE).gmail.messages()).toEqual([]);
    expect(setUpGmail({}, { seed: 'empty' }).gmail.messages()).toEqual([]);
    expect(setUpGmail({}, { seed: 150 }).gmail.messages()).toEqual([]);
    expect((await gmailApi(demo.sandbox, undefined, ADA)('GET /threads')).json).toMatchObject({
      resultSizeEstimate: 6,
    });
  });
});
