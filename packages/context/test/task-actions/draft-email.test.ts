import { afterEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

afterEach(() => void vi.useRealTimers());

async function start() {
  const { sandbox, store, connectedUser } = startContext({ sandbox: { seed: 'empty' } });
  const user = await connectedUser();
  const { id } = sandbox.ticktick.testUser().createTask({ title: 'Fix the login' });
  const task = await user.ticktick.tasks.get(id);
  const drafts = () => sandbox.google.testUser().gmail.drafts();
  const text = () => new TextDecoder().decode(drafts().at(-1)?.message.raw);
  return { user, task, sandbox, store, drafts, text };
}

test('20.7: bcc is in the draft', async () => {
  const { user, task, text } = await start();
  await user.draftEmail(task, { to: 'grace@example.com', bcc: ['archive@example.com'] });
  expect(text()).toContain('Bcc: archive@example.com');
});

test('20.7: asked twice, at once too, there is one draft; another mail is another draft', async () => {
  const { user, task, drafts } = await start();
  const mail = { to: 'grace@example.com' };
  const [first, second] = await Promise.all([user.draftEmail(task, mail), user.draftEmail(task, mail)]);
  expect((await user.draftEmail(task, mail)).id).toBe(first.id);
  expect(second.id).toBe(first.id);
  expect(drafts()).toHaveLength(1);
  await user.draftEmail(task, { to: 'ada@example.com' });
  expect(drafts()).toHaveLength(2);
});

test('20.7: a draft that was sent or deleted is made anew', async () => {
  const { user, task, drafts } = await start();
  const { id } = await user.draftEmail(task, { to: 'grace@example.com' });
  await user.gmail.drafts.send(id);
  expect((await user.draftEmail(task, { to: 'grace@example.com' })).id).not.toBe(id);
  expect(drafts()).toHaveLength(1);
});

test.each([
  ['control characters', 'a\u0000b\u001b[31m', 'Subject: a b [31m'],
  ['half an emoji', 'done \ud83d', 'Subject: done'],
  ['lines', 'one\r\ntwo', 'Subject: one two'],
])('20.5: a title with %s makes a draft', async (_name, title, subject) => {
  const { user, task, drafts } = await start();
  const odd = { ...task, title, content: `${title}\u0000\udc00` };
  const { id } = await user.draftEmail(odd, { to: 'grace@example.com' });
  const headers = (await user.gmail.drafts.get(id)).message.payload?.headers ?? [];
  expect(`Subject: ${headers.find(({ name }) => name === 'Subject')?.value}`).toContain(subject);
  await user.draftEmail(odd, {
    to: 'grace@example.com',
    template: (one) => ({ subject: `About ${one.title}`, text: one.title, html: `<p>${one.title}</p>` }),
  });
  expect(drafts()).toHaveLength(2);
});

test('20.7: an abort ends the wait for a token, too', async () => {
  const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
  const { sandbox, connectedUser } = startContext({
    fetch: async (input, init) => {
      if (!String(input).startsWith('https://oauth2.googleapis.com/token'))
        return await sandbox.fetch(input, init);
      asked();
      return await new Promise<never>(() => undefined);
    },
  });
  const user = await connectedUser();
  sandbox.google.expireAccessTokens();
  const controller = new AbortController();
  const { signal } = controller;
  const drafting = user.draftEmail(
    { id: '1', projectId: '2', title: 'x' },
    { to: 'grace@example.com', signal },
  );
  await isAsked;
  controller.abort(new Error('enough'));
  await expect(drafting).rejects.toThrow('enough');
});

test('16: what is remembered of a draft has an end', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { user, task, store } = await start();
  await user.draftEmail(task, { to: 'grace@example.com' });
  expect(await store.list('draft-email/')).toHaveLength(1);
  vi.setSystemTime(Date.now() + 91 * 86_400_000);
  expect(await store.list('draft-email/')).toEqual([]);
});
