import type { User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { NO_TEXTS, ODD_TEXTS, UNLIMITED } from '@context-sdk/test-support';
import type { Task } from '@context-sdk/ticktick-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** What TickTick holds must not keep the user from working with it elsewhere: row 5 of the Gmail issue. */

const DAY_MS = 86_400_000;
const WITHIN = { from: new Date(Date.now() + DAY_MS), to: new Date(Date.now() + 15 * DAY_MS) };

let user: User;
let sandbox: Sandbox;
let project: string;
/** Members that TickTick has for every task, whatever was written. */
let oddMembers: object = {};

beforeAll(async () => {
  const started = startContext({
    // TickTick's 100 requests a minute would be a wait.
    rateLimiter: UNLIMITED,
    sandbox: { seed: 'empty', azureDevOps: { seed: 'empty' } },
    fetch: async (input, init) => {
      const response = await sandbox.fetch(input, init);
      const { pathname } = new URL(response.url || new Request(input, init).url);
      if (!/^\/open\/v1\/project\/\w+\/task\/\w+$/.test(pathname)) return response;
      return Response.json({ ...((await response.json()) as object), ...oddMembers });
    },
  });
  ({ sandbox } = started);
  user = await started.connectedUser();
  project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
});

/** A new task, as the client reads it. */
async function oddTask(members: object): Promise<Task> {
  const { id, projectId } = sandbox.ticktick.testUser().createTask({ title: 'x' });
  oddMembers = members;
  return await user.ticktick.tasks.get({ id, projectId });
}

const MEMBERS: Readonly<Record<string, (value: unknown) => object>> = {
  'texts, tags and dates': (value) => ({
    title: value,
    content: value,
    desc: value,
    kind: value,
    tags: [value],
    reminders: [value],
    dueDate: value,
    startDate: value,
    timeZone: value,
    repeatFlag: value,
  }),
  checklist: (value) => ({
    kind: 'CHECKLIST',
    desc: value,
    items: [{ id: 'i', title: value, status: 0 }, { id: 'j', title: 'x', status: value }, null, value],
  }),
};

describe.each(Object.entries(MEMBERS))('20.5 a task whose %s are', (_, membersOf) => {
  test.each(Object.entries({ ...ODD_TEXTS, ...NO_TEXTS }))(
    '%s goes into a mail, a work item, a block and a link',
    async (__, value) => {
      const task = await oddTask(membersOf(value));
      const draft = await user.draftEmail(task, { to: 'grace@example.com' });
      const item = await user.createWorkItem(task, { project });
      await user.blockTime(task, { within: WITHIN, durationMinutes: 15 });
      const made = await user.links.create(task, { workItemId: item.id, draftId: draft.id });
      expect(made).toMatchObject({ failures: [], link: { conflicts: [] } });
      await user.unblockTime(task);
    },
  );
});
