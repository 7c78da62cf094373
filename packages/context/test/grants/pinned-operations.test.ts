import type { Plan, User } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import { GrantChangedError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const NOW = new Date('2027-03-01T10:00:00+01:00');
const WEEK = { from: '2027-03-01T12:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const MAIL = { to: 'x@example.com' };
/** More requests than any of these operations takes. */
const MAX_REQUESTS = 8;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

interface Setting {
  user: User;
  task: { id: string; projectId: string; title: string };
  plan: Plan;
  /** Of a mail that no link has. */
  draftId: string;
  project: string;
  /** Undoes what an assistant did: a draft of a mail. */
  undo: () => Promise<unknown>;
}

const HOSTS = {
  ticktick: 'ticktick.com',
  google: 'googleapis.com',
  'azure-devops': 'dev.azure.com',
} as const;

type Provider = keyof typeof HOSTS;

const ACCOUNTS = ['ada', 'grace'].map((username, index) => ({
  id: index + 1,
  username,
  displayName: username,
  timeZone: 'UTC',
}));

/** Each takes several requests to its provider. */
const OPERATIONS: Record<string, [Provider, (setting: Setting) => Promise<unknown>]> = {
  blockTime: ['google', ({ user, task }) => user.blockTime(task, { durationMinutes: 30, within: WEEK })],
  unblockTime: ['google', ({ user, task }) => user.unblockTime(task)],
  plan: [
    'google',
    ({ user, task }) => user.plan({ within: WEEK, tasks: [{ ...task, durationMinutes: 60 }] }),
  ],
  apply: ['google', ({ user, plan }) => user.apply(plan)],
  agenda: ['google', ({ user }) => user.agenda({ ...WEEK, timeZone: 'UTC' })],
  'draftEmail, again': ['google', ({ user, task }) => user.draftEmail(task, MAIL)],
  'links.create': ['google', ({ user, task, draftId }) => user.links.create(task, { draftId })],
  createWorkItem: ['azure-devops', ({ user, task, project }) => user.createWorkItem(task, { project })],
  'createWorkItem, its task': [
    'ticktick',
    ({ user, task, project }) => user.createWorkItem(task, { project }),
  ],
  'followTask, of a task that was moved': [
    'ticktick',
    ({ user, task }) => user.followTask({ id: task.id, projectId: '6247ee29630c800f064fd145' }),
  ],
  'links.create, its task': ['ticktick', ({ user, task }) => user.links.create({ id: task.id })],
  'apply, its tasks': ['ticktick', ({ user, plan }) => user.apply(plan)],
  'agenda of tasks': ['ticktick', ({ user }) => user.agenda({ ...WEEK, timeZone: 'UTC' })],
  'the undo of a draft': ['google', ({ undo }) => undo()],
  'agenda of work items': ['azure-devops', ({ user }) => user.agenda({ ...WEEK, timeZone: 'UTC' })],
};

/** A user who connects another account as soon as the provider has answered so many requests. */
async function start(provider: Provider) {
  let after = Number.POSITIVE_INFINITY;
  let state: 'before' | 'switching' | 'after' = 'before';
  const late: string[] = [];
  const started = startContext({
    sandbox: { ticktick: { accounts: ACCOUNTS } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { hostname, pathname } = new URL(request.url);
      const isCounted = hostname.endsWith(HOSTS[provider]);
      if (isCounted && state === 'after') late.push(`${request.method} ${pathname}`);
      const response = await sandbox.fetch(request.clone());
      if (!isCounted || state === 'switching') return response;
      after -= 1;
      if (after !== 0) return response;
      await connectAnother();
      return response;
    },
  });
  const { sandbox } = started;
  const user = await started.connectedUser();
  const person = sandbox.azureDevOps.people[1]?.uniqueName ?? '';
  const change = async (): Promise<void> => {
    if (provider === 'azure-devops')
      await user.connections.connect(provider, { token: sandbox.azureDevOps.issuePat({ person }) });
    else if (provider === 'ticktick')
      await user.connections.connect(provider, { token: sandbox.ticktick.issueApiToken('grace') });
    else
      await user.connections.import(provider, googleTokens(sandbox, [], 'grace@example.com'), {
        account: { id: '1133', email: 'grace@example.com' },
      });
  };
  const connectAnother = async (): Promise<void> => {
    state = 'switching';
    await change();
    state = 'after';
  };
  const { id, projectId } = sandbox.ticktick.testUser().createTask({ title: 'Write' });
  const task = { id, projectId, title: 'Write' };
  const plan = await user.plan({ within: WEEK, tasks: [{ ...task, durationMinutes: 60 }] });
  await user.gmail.drafts.delete((await user.draftEmail(task, MAIL)).id);
  const { id: draftId } = await user.gmail.drafts.create({ ...MAIL, subject: 'z', text: 'z' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
  const tools = contextTools(user, { timeZone: 'UTC' });
  const drafted = await tools['draft_mail']?.execute({ to: [MAIL.to], subject: 'x', text: 'x' });
  const action = drafted?.status === 'ok' ? (drafted.action ?? '') : '';
  const undo = () => started.context.actions.undo('ada', action);
  const setting: Setting = { user, task, plan, draftId, project, undo };
  return {
    setting,
    late,
    connectAnother,
    switchAfter: (requests: number) => {
      after = requests;
    },
    isSwitched: () => state === 'after',
  };
}

test('16.1: an agenda whose account changed meanwhile shows no empty calendar', async () => {
  const { setting, switchAfter } = await start('google');
  switchAfter(1);
  const { errors, calendarErrors } = await setting.user.agenda({ ...WEEK, timeZone: 'UTC' });
  expect(errors['google-calendar']).toBeInstanceOf(GrantChangedError);
  expect(calendarErrors).toEqual({});
});

test.each(Object.entries(OPERATIONS))(
  '16.1: no request of %s leaves for the account that the user connects meanwhile',
  async (_, [provider, operation]) => {
    for (let requests = 1; requests <= MAX_REQUESTS; requests += 1) {
      const { setting, late, switchAfter, isSwitched } = await start(provider);
      switchAfter(requests);
      await operation(setting).catch(() => undefined);
      expect(late).toEqual([]);
      if (isSwitched()) continue;
      expect(requests).toBeGreaterThan(1);
      return;
    }
    throw new Error('The operation takes more requests.');
  },
);

test('16.1: what an assistant prepared for one account is not done in the next one, which the user connects while the host decides', async () => {
  const { setting, late, connectAnother } = await start('google');
  const approve = async (): Promise<'run'> => {
    await connectAnother();
    return 'run';
  };
  const tools = contextTools(setting.user, { timeZone: 'UTC', approve });
  const drafted = await tools['draft_mail']?.execute({ to: [MAIL.to], subject: 'y', text: 'y' });
  expect(drafted?.status).toBe('failed');
  expect(late).toEqual([]);
});
