import type { Plan, PlanOptions, User } from '@context-sdk/context';
import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { InvalidRequestError } from '@context-sdk/oauth-core';
import { UNLIMITED } from '@context-sdk/test-support';
import { beforeAll, describe, expect, test } from 'vitest';
import { startContext, type Started } from '../support/start-context.ts';

const DAY_MS = 86_400_000;
const WITHIN = {
  from: new Date(Math.ceil(Date.now() / DAY_MS + 1) * DAY_MS).toISOString(),
  to: new Date(Date.now() + 8 * DAY_MS).toISOString(),
};

let started: Started;
let user: User;
let options: PlanOptions;
let plan: Plan;

beforeAll(async () => {
  started = startContext({ rateLimiter: UNLIMITED, sandbox: { seed: 'empty' } });
  user = await started.connectedUser();
  const { id, projectId } = started.sandbox.ticktick.testUser().createTask({ title: 'Report' });
  const task = await user.ticktick.tasks.get({ id, projectId });
  options = { tasks: [task], within: WITHIN, timeZone: 'Europe/Berlin' };
  plan = await user.plan({ ...options, durationMinutes: 30 });
});

async function refused(work: Promise<unknown>, named: string): Promise<void> {
  const error: unknown = await work.then(
    () => 'accepted',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect((error as Error).message).toContain(named);
}

/** Looks that no block can have, and what the error names. */
const LOOKS: readonly [look: object, named: string][] = [
  [{ reminders: [null] }, 'reminders[0].method'],
  [{ reminders: [{ method: 'sms', minutes: 5 }] }, 'reminders[0].method'],
  [{ reminders: [{ method: 'popup', minutes: Number.NaN }] }, 'reminders[0].minutes'],
  [{ reminders: [{ method: 'popup', minutes: 5n }] }, 'reminders[0].minutes'],
  [{ visibility: 'secret' }, 'visibility'],
];

describe('16.38: nested options are refused before anything is stored or sent', () => {
  test.each(LOOKS)('of a block’s look: %o', async (look, named) => {
    await refused(user.plan({ ...options, ...look }), named);
    const [task] = options.tasks;
    if (task === undefined) throw new Error('There is no task.');
    await refused(user.blockTime(task, { within: WITHIN, durationMinutes: 30, ...look }), named);
  });

  test.each([-1, 0, 1.5, Number.POSITIVE_INFINITY])(
    'durationMinutes: %d of a plan',
    async (durationMinutes) => {
      await refused(user.plan({ ...options, durationMinutes }), 'durationMinutes');
    },
  );

  test.each([
    ['lunch', true],
    ['lunch', 7],
    ['maxHoursPerDay', Symbol('x')],
    ['maxHoursPerDay', 1n],
    ['maxHoursPerDay', Object.create(null)],
    ['calendarId', 7],
    ['reminders', 'x'],
    ['counts', 'x'],
  ] as const)('%s of a plan that was stored', async (name, value) => {
    const damaged = { ...plan, request: { ...plan.request, [name]: value as never } };
    await refused(user.apply(damaged), name);
    await refused(user.replan(damaged, {}), name);
  });

  test.each([
    ['action', 'burn'],
    ['title', { text: 'x' }],
    ['taskId', ''],
    ['block', { calendarId: 'primary' }],
    ['showsFree', 'yes'],
    ['occurrence', 7],
  ] as const)('%s of a piece', async (name, value) => {
    const pieces = plan.pieces.map((piece) => ({ ...piece, [name]: value as never }));
    await refused(user.apply({ ...plan, pieces }), `plan.pieces[0].${name}`);
  });

  test.each(['60', '2026', '2026-03-02T09:00:00', 7])('the start %s of a piece', async (start) => {
    const pieces = plan.pieces.map((piece) => ({ ...piece, start: start as never }));
    await refused(user.apply({ ...plan, pieces }), 'plan.pieces[0]');
    await refused(user.replan({ ...plan, pieces }, {}), 'plan.pieces[0]');
  });

  test.each([1.5, -1, 0, Number.POSITIVE_INFINITY])('workItemId: %d of a link', async (workItemId) => {
    await refused(user.links.create({ id: 'a'.repeat(24), projectId: 'p' }, { workItemId }), 'workItemId');
  });
});

test('16.36: null is absent among the options of plans and blocks', async () => {
  const nulls = {
    calendarId: null,
    reminders: null,
    colorId: null,
    visibility: null,
    durationMinutes: null,
  } as never;
  expect((await user.plan({ ...options, ...(nulls as object) })).pieces).toHaveLength(1);
  const [task] = options.tasks;
  if (task === undefined) throw new Error('There is no task.');
  const block = { within: WITHIN, durationMinutes: 30 };
  const made = await user.blockTime(task, {
    ...block,
    calendarId: null,
    reminders: null,
    title: null,
  } as never);
  // The second time, the block that is there is compared.
  const again = await user.blockTime(task, { ...block, reminders: null, weight: null, due: null } as never);
  expect(again.event.id).toBe(made.event.id);
  await user.unblockTime(task);
});

test.each([
  ['everyMs', Number.POSITIVE_INFINITY],
  ['everyMs', 2 ** 31],
  ['pollEveryMs', Number.POSITIVE_INFINITY],
  ['pollEveryMs', -1],
  ['slowPollEveryMs', Number.POSITIVE_INFINITY],
  ['maxPollEveryMs', -60_000],
  ['concurrency', 0],
  ['concurrency', Number.POSITIVE_INFINITY],
])('16.38: maintenance with %s: %d would look after nobody, or never rest', async (name, value) => {
  const { context } = started;
  expect(() => context.startMaintenance({ [name]: value })).toThrow(InvalidRequestError);
  if (name === 'everyMs') return;
  await refused(context.runMaintenance({ [name]: value }), name);
  if (name === 'concurrency') return;
  await refused(context.maintain('walk', { [name]: value }), name);
  await refused(context.subscriptions.ensure('ada', { [name]: value }), name);
});

const AUTHORIZATION = {
  resourceUrl: 'https://host.example/mcp',
  verifier: { verifyAccessToken: () => undefined },
  metadata: {
    issuer: 'https://issuer.example',
    authorization_endpoint: 'https://issuer.example/authorize',
    token_endpoint: 'https://issuer.example/token',
    response_types_supported: ['code'],
  },
};

test.each([
  [{ requiredScopes: [7] }, 'authorization.requiredScopes'],
  [{ requiredScopes: [''] }, 'authorization.requiredScopes'],
  [{ metadata: {} }, 'authorization.metadata.issuer'],
  [{ metadata: { ...AUTHORIZATION.metadata, token_endpoint: 7 } }, 'authorization.metadata.token_endpoint'],
  [
    { metadata: { ...AUTHORIZATION.metadata, response_types_supported: 'code' } },
    'authorization.metadata.response_types_supported',
  ],
])('16.38: createMcpEndpoint with authorization %j is refused by name', (wrong, named) => {
  const authorization = { ...AUTHORIZATION, ...wrong } as never;
  const create = () =>
    createMcpEndpoint(started.context, {
      library: (() => undefined) as never,
      getUser: () => 'ada',
      timeZone: 'UTC',
      authorization,
    });
  expect(create).toThrow(named);
  expect(create).toThrow(InvalidRequestError);
});
