import { contextTools, type ToolCallEvent } from '@context-sdk/context/tools';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';
import { rawMail } from './start-assistant.ts';

/** Tools that see what services answer after `change`. */
async function start(change: (url: string, text: string) => string = (_url, text) => text) {
  const sandbox = createSandbox({
    seed: 'empty',
    azureDevOps: { seed: 'empty' },
    ticktick: { rateLimits: [] },
  });
  const started = startContext({
    emulated: sandbox,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { url } = request;
      const response = await sandbox.fetch(request);
      const { status, headers } = response;
      if (!/json|multipart/.test(headers.get('content-type') ?? '')) return response;
      return new Response(change(url, await response.text()), { status, headers });
    },
  });
  const user = await started.connectedUser();
  const scopes = ['https://www.googleapis.com/auth/gmail.modify'];
  await user.connections.import('google', googleTokens(sandbox, scopes));
  const events: ToolCallEvent[] = [];
  const onCall = (event: ToolCallEvent) => events.push(event);
  const run = (approve: 'never' | 'outbound') => contextTools(user, { timeZone: 'UTC', approve, onCall });
  return { ...started, sandbox, user, events, tools: run('never'), careful: run('outbound') };
}

const MESSAGES = /"messages":\s*\[/;

test('25.tools: a conversation without messages costs no other its line', async () => {
  const { tools, sandbox } = await start((url, text) =>
    url.includes('/batch') ? text.replace(MESSAGES, '"messages":null,"odd":[') : text,
  );
  const { gmail } = sandbox.google.testUser();
  for (const subject of ['One', 'Two']) gmail.receive(rawMail('x', { Subject: subject }));
  const answer = await tools['find']?.execute({ kind: 'mails' });
  expect(answer?.status).toBe('ok');
  expect(answer?.text).toMatch(/One|Two/);
});

test('25.tools: conversations that could not be read are counted, and none at all is a failure', async () => {
  let refused = 1;
  const { tools, sandbox } = await start((url, text) => {
    if (!url.includes('/batch')) return text;
    let left = refused;
    return text.replaceAll('200 OK', (status) => ((left -= 1) >= 0 ? '403 Forbidden' : status));
  });
  const { gmail } = sandbox.google.testUser();
  for (const subject of ['One', 'Two']) gmail.receive(rawMail('x', { Subject: subject }));
  expect((await tools['find']?.execute({ kind: 'mails' }))?.text).toContain('1 more could not be read.');
  refused = 2;
  expect(await tools['find']?.execute({ kind: 'mails' })).toMatchObject({ status: 'failed' });
});

test('25.tools: an event without organizer and guests is read, and is no invitation', async () => {
  const { tools, sandbox } = await start((url, text) =>
    url.includes('/events')
      ? text
          .replaceAll(/"organizer":\s*\{[^}]*\}/g, '"organizer":null')
          .replaceAll(/"id":/g, '"attendees":[null],"id":')
      : text,
  );
  const at = Date.now() + 3_600_000;
  sandbox.google.testUser().calendar.addEvent({
    summary: 'Lunch',
    start: { dateTime: new Date(at).toISOString() },
    end: { dateTime: new Date(at + 3_600_000).toISOString() },
  });
  expect((await tools['find']?.execute({ kind: 'events' }))?.text).toContain('Lunch');
  expect((await tools['read']?.execute({ item: 'e1' }))?.text).toContain('Lunch');
  const answer = await tools['respond_to_invitation']?.execute({ event: 'e1', response: 'accepted' });
  expect(answer).toMatchObject({ status: 'invalid', field: 'event' });
});

test('25.undo: fields that were changed before a comment failed can be taken back', async () => {
  const { tools, sandbox, context } = await start();
  const created = await tools['create_work_item']?.execute({ title: 'Before' });
  const [, id = ''] = /#(\d+)/.exec(created?.text ?? '') ?? [];
  sandbox.faults.inject({ kind: 'status', status: 403 }, { path: /comments/i, method: 'POST' });
  const change = { work_item: `#${id}`, title: 'After', comment: 'Why' };
  const answer = await tools['change_work_item']?.execute(change);
  expect(answer).toMatchObject({ status: 'ok' });
  expect(answer?.text).toContain('The comment may not have been added (permission_denied)');
  expect((await context.actions.list('ada'))[0]).toMatchObject({ state: 'done' });
  expect((await tools['undo']?.execute({ action: null }))?.status).toBe('ok');
  expect((await tools['read']?.execute({ item: id }))?.text).toContain('Before');
});

test('25.undo: a task whose next date can’t be read is completed all the same', async () => {
  let listings = 0;
  const { tools, sandbox, context } = await start((url, text) =>
    url.includes('completed') && (listings += 1) > 1 ? 'no JSON' : text,
  );
  const day = '2027-03-02T09:00:00.000+0000';
  const daily = { repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1', startDate: day, dueDate: day };
  sandbox.ticktick.testUser().createTask({ title: 'Water', timeZone: 'UTC', ...daily });
  await tools['find']?.execute({ kind: 'tasks' });
  expect(await tools['complete_task']?.execute({ task: 't1' })).toMatchObject({ status: 'ok' });
  expect((await context.actions.list('ada'))[0]).toMatchObject({ state: 'done' });
});

test('25.undo: a draft that was saved is known, whatever can be read afterwards', async () => {
  const { tools, sandbox, context } = await start();
  sandbox.google.testUser().gmail.receive(rawMail('x'));
  await tools['find']?.execute({ kind: 'mails' });
  sandbox.faults.inject({ kind: 'status', status: 403 }, { operation: 'gmail.users.drafts.get', times: 2 });
  const reply = await tools['draft_mail']?.execute({ thread: 'm1', text: 'Yes.' });
  expect(reply?.text).toMatch(
    /^Saved the draft d2 “Re: Plan” to Grace <grace@example\.com>\. It is not sent\./,
  );
  const mail = { to: ['Kim <kim@example.com>'], subject: 'Offer', text: 'Here.' };
  expect((await tools['draft_mail']?.execute(mail))?.text).toMatch(/“Offer” to Kim <kim@example\.com>\./);
  expect((await context.actions.list('ada')).map(({ state }) => state)).toEqual(['done', 'done']);
  expect((await tools['read']?.execute({ item: 'm1' }))?.text).toContain('draft, not sent, from');
});

test('25.approval: a draft in HTML alone is shown before it is sent', async () => {
  const { careful, user } = await start();
  await careful['draft_mail']?.execute({ to: ['kim@example.com'], subject: 'Offer', text: 'x' });
  const [draft] = await user.gmail.drafts.list().toArray();
  const html = '<p>All yours.</p><blockquote>Secret</blockquote>';
  await user.gmail.drafts.update(draft?.id ?? '', { to: 'kim@example.com', subject: 'Offer', html });
  expect(await careful['send_draft']?.execute({ draft: 'd1' })).toMatchObject({
    description: 'Send the mail “Offer” to kim@example.com: “All yours. Secret”',
  });
});

test('25.approval: two calls at once wait under one token, which works', async () => {
  const { careful, events, context } = await start();
  await careful['draft_mail']?.execute({ to: ['kim@example.com'], subject: 'Offer', text: 'x' });
  await Promise.all([1, 2, 3].map(async () => await careful['send_draft']?.execute({ draft: 'd1' })));
  const tokens = new Set(events.flatMap(({ approval }) => approval?.token ?? []));
  expect(tokens.size).toBe(1);
  expect(await context.actions.approve('ada', [...tokens].join(''))).toMatchObject({ status: 'ok' });
});

test('16, 25: a record of handles that lost its items, or one of them, is no end of the tools', async () => {
  const { tools, sandbox, store } = await start();
  sandbox.ticktick.testUser().createTask({ title: 'Water' });
  await tools['find']?.execute({ kind: 'tasks' });
  const keys = await store.list('tool-handles/');
  const key = keys.find((one) => one.endsWith('/ticktick')) ?? '';
  for (const damage of [{ known: undefined }, { known: null }, { known: { t1: null } }]) {
    const record = await store.get(key);
    const damaged = { ...(JSON.parse(record?.value ?? '{}') as object), ...damage };
    await store.compareAndSet(key, record?.version, JSON.stringify(damaged));
    expect(await tools['read']?.execute({ item: 't1' })).toMatchObject({ status: 'invalid', field: 'item' });
    expect((await tools['find']?.execute({ kind: 'tasks' }))?.text).toMatch(/^t\d+ Water$/);
  }
});
