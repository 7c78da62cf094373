import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, listOf, textOf } from '../support.ts';
import type { CallApi } from '../ticktick/support.ts';
import { FRIEND, mail, raw, refusalOf, setUpGmail } from './gmail-support.ts';

async function historySince(
  api: CallApi,
  startHistoryId: string,
  query = '',
): Promise<Record<string, unknown>> {
  return fieldsOf((await api(`GET /history?startHistoryId=${startHistoryId}${query}`)).json);
}

async function present(api: CallApi): Promise<string> {
  return textOf((await api('GET /profile')).json, 'historyId');
}

describe('history.list', () => {
  test('gives every change since a state, with ids that grow, as strings', async () => {
    const { api, gmail } = setUpGmail();
    const before = await present(api);
    expect(await historySince(api, before)).toEqual({ historyId: before });
    const { id, threadId } = gmail.receive(mail({ From: FRIEND }));
    gmail.changeLabels(id, { add: ['STARRED', 'INBOX'], remove: ['UNREAD', 'SPAM'] });
    gmail.deleteMessage(id);
    const { history, historyId } = await historySince(api, before);
    const message = { id, threadId };
    expect(history).toEqual([
      {
        id: expect.any(String),
        messages: [message],
        messagesAdded: [{ message: { ...message, labelIds: ['UNREAD', 'INBOX'] } }],
      },
      {
        id: expect.any(String),
        messages: [message],
        labelsAdded: [
          { message: { ...message, labelIds: ['UNREAD', 'INBOX', 'STARRED'] }, labelIds: ['STARRED'] },
        ],
      },
      {
        id: expect.any(String),
        messages: [message],
        labelsRemoved: [{ message: { ...message, labelIds: ['INBOX', 'STARRED'] }, labelIds: ['UNREAD'] }],
      },
      {
        id: expect.any(String),
        messages: [message],
        messagesDeleted: [{ message: { ...message, labelIds: ['INBOX', 'STARRED'] } }],
      },
    ]);
    const ids = listOf(history).map((record) => BigInt(idOf(record)));
    expect(ids.every((one, index) => index === 0 || one > (ids[index - 1] ?? one))).toBe(true);
    expect(historyId).toBe(String(ids.at(-1)));
    expect(await historySince(api, String(ids[2]))).toMatchObject({ history: [{ messagesDeleted: [{}] }] });
  });

  test('shows a draft that is replaced and sent as messages that come and go', async () => {
    const { api } = setUpGmail();
    const before = await present(api);
    const message = { raw: raw(mail({ To: FRIEND })) };
    const id = idOf((await api('POST /drafts', { message })).json);
    await api(`PUT /drafts/${id}`, { message });
    await api('POST /drafts/send', { id });
    const { history } = await historySince(api, before);
    const changes = listOf(history).map((record) => Object.keys(fieldsOf(record)).at(-1));
    expect(changes).toEqual([
      'messagesAdded',
      'messagesAdded',
      'messagesDeleted',
      'messagesDeleted',
      'messagesAdded',
    ]);
  });

  test('can be narrowed to types and to a label, and comes in pages', async () => {
    const { api, gmail } = setUpGmail();
    const before = await present(api);
    const ids = [1, 2, 3].map(() => gmail.receive(mail({ From: FRIEND })).id);
    gmail.changeLabels(ids[0] ?? '', { remove: ['INBOX'] });
    const added = await historySince(api, before, '&historyTypes=messageAdded');
    expect(listOf(added['history'])).toHaveLength(3);
    const both = await historySince(
      api,
      before,
      '&historyTypes=labelRemoved&historyTypes=labelAdded&labelId=INBOX',
    );
    expect(listOf(both['history'])).toHaveLength(1);
    expect(await historySince(api, before, '&labelId=SENT')).toEqual({ historyId: await present(api) });
    const first = await historySince(api, before, '&maxResults=3');
    expect(listOf(first['history'])).toHaveLength(3);
    const rest = await historySince(api, before, `&maxResults=3&pageToken=${first['nextPageToken']}`);
    expect(listOf(rest['history'])).toHaveLength(1);
    expect(rest).not.toHaveProperty('nextPageToken');
    expect((await api(`GET /history?startHistoryId=${before}&historyTypes=everything`)).status).toBe(400);
  });

  test('is 404 for a state that is too old, or that never was', async () => {
    const { api, gmail } = setUpGmail();
    const before = await present(api);
    gmail.receive(mail({ From: FRIEND }));
    gmail.expireHistory();
    const missing = { status: 404, reason: 'notFound', message: 'Requested entity was not found.' };
    expect(refusalOf(await api(`GET /history?startHistoryId=${before}`))).toEqual(missing);
    expect(refusalOf(await api('GET /history?startHistoryId=18446744073709551615'))).toEqual(missing);
    const now = await present(api);
    expect(await historySince(api, now)).toEqual({ historyId: now });
  });

  test('needs a startHistoryId', async () => {
    const { api } = setUpGmail();
    for (const query of ['', '?startHistoryId=', '?startHistoryId=-1', '?startHistoryId=x']) {
      expect(refusalOf(await api(`GET /history${query}`))).toMatchObject({
        status: 400,
        reason: 'invalidArgument',
      });
    }
  });
});
