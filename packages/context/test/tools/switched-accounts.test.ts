import { contextTools } from '@context-sdk/context/tools';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const SCOPES = ['https://www.googleapis.com/auth/gmail.modify'];
const ACCOUNTS = { ada: '1082', grace: '1133' } as const;

/** An assistant of Ada, who signs in as Grace after the first step that a pattern matches. */
async function startSwitching() {
  let awaited: RegExp | undefined;
  const reached = async (step: string): Promise<void> => {
    if (awaited?.test(step) !== true) return;
    awaited = undefined;
    await signInAs('grace');
  };
  const sandbox = createSandbox({ seed: 'empty' });
  const inner = memoryStore();
  const store: RecordStore = {
    ...inner,
    async get(key) {
      const record = await inner.get(key);
      await reached(`get ${key}`);
      return record;
    },
  };
  const { context } = startContext({
    emulated: sandbox,
    store,
    async fetch(input, init) {
      const request = new Request(input, init);
      const { method, url } = request;
      const response = await sandbox.fetch(request);
      await reached(`${method} ${new URL(url).pathname}`);
      return response;
    },
  });
  const user = context.user('ada');
  const signInAs = async (name: keyof typeof ACCOUNTS): Promise<void> => {
    const email = `${name}@example.com`;
    const tokens = googleTokens(sandbox, SCOPES, email);
    await user.connections.import('google', tokens, { account: { id: ACCOUNTS[name], email } });
  };
  await signInAs('ada');
  let onApproved: (() => void) | undefined;
  const approve = (): 'run' => {
    onApproved?.();
    return 'run';
  };
  const tools = contextTools(user, { timeZone: 'UTC', approve });
  const switchAfter = (step: RegExp): void => {
    awaited = step;
  };
  return {
    tools,
    store,
    switchAfter,
    switchOnceApproved(step: RegExp) {
      onApproved = () => switchAfter(step);
    },
    drafts: () => sandbox.requests.filter(({ operation }) => operation?.includes('drafts')).length,
    draft: () =>
      tools['draft_mail']?.execute({ to: ['x@example.com'], subject: 'Offer', text: 'Here it is.' }),
  };
}

test('25.approval: what was read in one account is not written in another', async () => {
  const { tools, switchAfter, draft } = await startSwitching();
  await draft();
  switchAfter(/^GET .*\/drafts\//);
  const answer = await tools['send_draft']?.execute({ draft: 'd1' });
  expect(answer).toMatchObject({ status: 'failed', code: 'grant_changed' });
});

test('25.undo: a write that ends after its account was left is not undone in the next one', async () => {
  const { tools, switchAfter, store, draft } = await startSwitching();
  switchAfter(/^POST .*\/drafts/);
  expect(await draft()).toMatchObject({ status: 'ok' });
  expect(await store.list('tool-action/')).toEqual([]);
  expect(await tools['undo']?.execute({})).toMatchObject({ status: 'invalid', field: 'action' });
});

test('25.undo: an undo that is under way ends with its account', async () => {
  const { tools, switchOnceApproved, draft, drafts } = await startSwitching();
  const answer = await draft();
  const action = answer?.status === 'ok' ? answer.action : undefined;
  switchOnceApproved(new RegExp(`^get tool-action/.*/${action}$`));
  const before = drafts();
  const undone = await tools['undo']?.execute({});
  expect(undone).toMatchObject({ status: 'failed', code: 'grant_changed' });
  expect(drafts()).toBe(before);
});

test('20: what is read in an account that was left meanwhile has no handle in the next one', async () => {
  const { tools, switchAfter, draft } = await startSwitching();
  await draft();
  switchAfter(/^GET .*\/drafts\//);
  const answer = await tools['read']?.execute({ item: 'd1' });
  expect(answer?.text).not.toMatch(/\bd\d{1,2}\b/);
  for (const handle of ['d1', 'd2', 'd3'])
    expect(await tools['send_draft']?.execute({ draft: handle })).toMatchObject({ status: 'invalid' });
});

test('20: what was written in an account that was left meanwhile has no handle in the next one', async () => {
  const { tools, switchAfter, draft } = await startSwitching();
  switchAfter(/^POST .*\/drafts/);
  const answer = await draft();
  expect(answer).toMatchObject({ status: 'ok' });
  expect(answer?.text).not.toMatch(/\bd\d{1,2}\b/);
  expect(await tools['send_draft']?.execute({ draft: 'd1' })).toMatchObject({ status: 'invalid' });
});
