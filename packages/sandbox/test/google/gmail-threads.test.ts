import { describe, expect, test } from 'vitest';
import { fieldsOf, listOf, textOf } from '../support.ts';
import { ADA, FRIEND, GRACE, mail, refusalOf, sendRaw, setUpGmail } from './gmail-support.ts';

const FIRST = '<first@example.org>';
const opening = mail({ From: FRIEND, To: ADA, Subject: 'Lunch?', 'Message-ID': FIRST }, 'Hungry?');
const REPLY = { To: FRIEND, Subject: 'Re: Lunch?', 'In-Reply-To': FIRST, References: FIRST };

describe('a reply', () => {
  test('joins the thread whose id it gives, when headers and subject fit', async () => {
    const { api, gmail } = setUpGmail();
    const { threadId } = gmail.receive(opening);
    for (const headers of [
      REPLY,
      { ...REPLY, Subject: 'RE: re:  Lunch?' },
      { ...REPLY, References: `<older@example.org>\r\n ${FIRST}` },
      { ...REPLY, Subject: '=?utf-8?Q?Re:_Lunch=3F?=' },
    ]) {
      expect((await sendRaw(api, mail(headers), threadId)).json).toMatchObject({ threadId });
    }
    const { json } = await api(`GET /threads/${threadId}?format=minimal`);
    expect(listOf(fieldsOf(json)['messages'])).toHaveLength(5);
  });

  test.each([
    ['the subject is another', { ...REPLY, Subject: 'Re: Dinner?' }],
    ['In-Reply-To is missing', { To: FRIEND, Subject: 'Re: Lunch?', References: FIRST }],
    ['References are missing', { To: FRIEND, Subject: 'Re: Lunch?', 'In-Reply-To': FIRST }],
    [
      'it answers another mail',
      { ...REPLY, 'In-Reply-To': '<x@example.org>', References: '<x@example.org>' },
    ],
  ])('starts a thread of its own where %s', async (_, headers) => {
    const { api, gmail } = setUpGmail();
    const { threadId } = gmail.receive(opening);
    const { status, json } = await sendRaw(api, mail(headers), threadId);
    expect(status).toBe(200);
    expect(textOf(json, 'threadId')).toBe(textOf(json, 'id'));
    const draft = await api('POST /drafts', {
      message: { raw: Buffer.from(mail(headers)).toString('base64url'), threadId },
    });
    expect(fieldsOf(fieldsOf(draft.json)['message'])['threadId']).not.toBe(threadId);
  });

  test('starts a thread of its own without a threadId', async () => {
    const { api, gmail } = setUpGmail();
    const { threadId } = gmail.receive(opening);
    expect(textOf((await sendRaw(api, mail(REPLY))).json, 'threadId')).not.toBe(threadId);
  });

  test('is refused for a thread that does not exist', async () => {
    const { api } = setUpGmail();
    expect(refusalOf(await sendRaw(api, mail(REPLY), '19ab00000000ffff'))).toEqual({
      status: 404,
      reason: 'notFound',
      message: 'Requested entity was not found.',
    });
    expect(refusalOf(await sendRaw(api, mail(REPLY), 'not-hex'))).toEqual({
      status: 400,
      reason: 'invalidArgument',
      message: 'Invalid thread_id value',
    });
  });

  test('arrives in the thread that it answers, at the other end, too', async () => {
    const { sandbox, api, gmail } = setUpGmail();
    const { json } = await sendRaw(api, mail({ To: GRACE, Subject: 'Lunch?', 'Message-ID': FIRST }));
    const [received] = sandbox.google.testUser(GRACE).gmail.messages();
    expect(received?.threadId).toBe(received?.id);
    const answer = gmail.receive(mail({ From: GRACE, ...REPLY }));
    expect(answer.threadId).toBe(textOf(json, 'threadId'));
    expect(gmail.receive(mail({ From: GRACE, Subject: 'Re: Lunch?' })).threadId).not.toBe(answer.threadId);
  });

  test('stays in its thread when its draft is sent', async () => {
    const { api, gmail } = setUpGmail();
    const { threadId } = gmail.receive(opening);
    const draft = await api('POST /drafts', {
      message: { raw: Buffer.from(mail(REPLY)).toString('base64url'), threadId },
    });
    expect((await api('POST /drafts/send', { id: textOf(draft.json, 'id') })).json).toMatchObject({
      threadId,
    });
  });
});

describe('threads', () => {
  test('are listed newest first, without messages, and are read oldest message first', async () => {
    const { api, gmail, sandbox } = setUpGmail();
    const { threadId } = gmail.receive(opening);
    sandbox.clock.advance(1000);
    const other = gmail.receive(mail({ From: FRIEND, Subject: 'Other' }, '<b>"Tom" & \'Jerry\'</b>'));
    sandbox.clock.advance(1000);
    const late = gmail.receive(mail({ ...REPLY, From: FRIEND }, 'Still hungry?'));
    expect((await api('GET /threads')).json).toEqual({
      threads: [
        { id: threadId, snippet: 'Still hungry?', historyId: late.historyId },
        {
          id: other.threadId,
          snippet: '&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;',
          historyId: other.historyId,
        },
      ],
      resultSizeEstimate: 2,
    });
    const { json } = await api(`GET /threads/${threadId}?format=metadata&metadataHeaders=subject`);
    expect(json).toMatchObject({
      id: threadId,
      historyId: late.historyId,
      messages: [
        { snippet: 'Hungry?', payload: { headers: [{ name: 'Subject', value: 'Lunch?' }] } },
        { snippet: 'Still hungry?', payload: { headers: [{ name: 'Subject', value: 'Re: Lunch?' }] } },
      ],
    });
    expect((await api('GET /threads/19ab00000000ffff')).status).toBe(404);
    expect((await api(`GET /threads/${threadId}?format=raw`)).status).toBe(400);
    expect((await api('GET /threads?labelIds=SENT')).json).toEqual({ resultSizeEstimate: 0 });
  });
});
