import { browserSessions, type User } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import type { RecordStore } from '@context-sdk/oauth-core';
import { vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const WITHIN = { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' };

/** Kinds of records that end soon, or once what they are about is settled: the first part of their keys. */
export const BRIEF_KINDS: readonly string[] = [
  'dead-letter',
  'delivery',
  'pending-event',
  'revocation',
  'revocation-pause',
  'session',
  'tool-approval',
  'tool-plan',
  'user-session',
];

/** Every other kind that {@link startWithRecords} leaves in the store. */
export const LASTING_KINDS: readonly string[] = [
  'block-time',
  'channel',
  'connection',
  'draft-email',
  'feed',
  'hook',
  'link',
  'link-item',
  'mailbox',
  'own-connection',
  'plans',
  'push',
  'task-changes',
  'token',
  'tool-action',
  'tool-handles',
  'work-item',
];

/** Kinds that are made elsewhere, and why. */
export const OTHER_KINDS: Readonly<Record<string, string>> = {
  'link-turn': 'a lease, gone after each synchronization (test/links)',
  pause: 'ends by its time, and what it holds is of no use (test/changes)',
  'pending-grant': 'for the minutes of a question (test/http/replacing-a-connection.test.ts)',
  'tool-undo': 'a lease, gone after each undo (test/tools)',
};

/** Two users with everything that a context stores of them. */
export async function startWithRecords(store: RecordStore): Promise<Deliveries> {
  const started = startDeliveries({
    store,
    maxAttempts: 2,
    links: { create: 'always' },
    onEvent: ({ source, userId }) => {
      if (source === 'ticktick' && userId === 'ada') throw new Error('down');
    },
  });
  const { context, sandbox, everything } = started;
  // Grants that are replaced can't be revoked yet.
  sandbox.faults.inject({ kind: 'status', status: 503 }, { path: /revoke/, rate: 1 });
  for (const userId of ['ada', 'grace']) await leaveRecords(started, await everything(userId), store);
  for (const title of ['unhandled twice', 'unhandled once']) {
    sandbox.ticktick.testUser().createTask({ title });
    sandbox.google.testUser().calendar.addEvent({ summary: 'x', ...SOON });
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
    vi.setSystemTime(Date.now() + HOUR);
    await context.runMaintenance();
  }
  for (const userId of ['ada', 'grace']) await leaveProposals(context.user(userId));
  sandbox.faults.clear();
  return started;
}

async function leaveRecords({ context, sandbox }: Deliveries, user: User, store: RecordStore): Promise<void> {
  const { id: userId } = user;
  const tokens = googleTokens(sandbox, [READONLY]);
  await user.connections.import('google', tokens, { account: { id: userId } });
  await context.subscriptions.ensure(userId);
  const task = sandbox.ticktick.testUser().createTask({ title: `of ${userId}` });
  await user.blockTime(task, { durationMinutes: 30, within: WITHIN });
  await user.draftEmail({ ...task, title: 'x' }, { to: 'a@example.com' });
  await user.createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
  const planned = sandbox.ticktick.testUser().createTask({ title: `planned of ${userId}` });
  await user.apply(await user.plan({ tasks: [planned], within: WITHIN, timeZone: 'UTC' }));
  await browserSessions({ store, baseUrl: 'https://host.example' }).begin(userId);
}

/** What an assistant did, and what it proposed. */
async function leaveProposals(user: User): Promise<void> {
  const freely = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  await freely['create_task']?.execute({ title: 'Of an assistant' });
  await freely['plan_tasks']?.execute({});
  await contextTools(user, { timeZone: 'UTC', approve: 'writes' })['create_task']?.execute({
    title: 'Asked',
  });
}
