import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { type TaskFilter, TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const CAP = 200;
const SMALL_CAP = 5;
const DAY = '2026-11-2';

/** What is random about a task. Most are in one project and without a priority, where only the routes without a cap reach all. */
const FACTS = fc.record({
  project: fc.constantFrom(1, 1, 1, 1, 1, 1, 0, 2, 3),
  priority: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 3, 5),
  tags: fc.subarray(['Work', 'home', 'ÉTÉ']),
  kind: fc.constantFrom('TEXT', 'TEXT', 'NOTE', 'CHECKLIST'),
  day: fc.option(fc.nat(9), { nil: undefined }),
  isCompleted: fc.boolean(),
});

type Facts = typeof FACTS extends fc.Arbitrary<infer T> ? T : never;

const bound = fc.option(
  fc.tuple(fc.nat(9), fc.constantFrom('00:00:00', '08:59:59.500', '09:00:00', '09:00:00.001')),
  { nil: undefined },
);

const FILTER = fc.record({
  projects: fc.option(fc.subarray([0, 1, 2, 3]), { nil: undefined }),
  priority: fc.option(fc.subarray([0, 1, 3, 5] as const), { nil: undefined }),
  tags: fc.option(fc.subarray(['work', 'HOME', 'été']), { nil: undefined }),
  kind: fc.option(fc.subarray(['TASK', 'NOTE', 'CHECKLIST'] as const), { nil: undefined }),
  status: fc.option(fc.subarray([0, 2] as const), { nil: undefined }),
  startFrom: bound,
  startTo: bound,
});

/** Cuts lists off at five rows, and then repeats them up to 200, where the client sees that they are cut. */
function cutOff(sandbox: Sandbox): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const response = await sandbox.fetch(request);
    if (!/\/task\/(filter|completed|undone)$/.test(request.url)) return response;
    const rows = (await response.json()) as unknown[];
    const kept = rows.slice(0, SMALL_CAP);
    const isCut = rows.length >= SMALL_CAP;
    return Response.json(isCut ? Array.from({ length: CAP }, (_, index) => kept[index % SMALL_CAP]) : rows);
  };
}

function fill(sandbox: Sandbox, tasks: readonly Facts[]): string[] {
  const user = sandbox.ticktick.testUser();
  const projectIds = [user.inboxId, ...['A', 'B', 'C'].map((name) => user.createProject({ name }).id)];
  tasks.forEach(({ project, day, isCompleted, ...fields }, index) => {
    sandbox.clock.advance(1_000);
    const { id } = user.createTask({
      title: `task ${index}`,
      projectId: projectIds[project] ?? user.inboxId,
      ...fields,
      ...(day !== undefined && { startDate: `${DAY}${day}T09:00:00+0000` }),
    });
    if (isCompleted) user.completeTask(id);
  });
  return projectIds;
}

function boundAt(at: [number, string] | undefined): string | undefined {
  return at && `${DAY}${at[0]}T${at[1]}Z`;
}

const ZONES = ['Europe/Berlin', 'America/Havana', 'Asia/Tokyo', 'Pacific/Auckland'];
const dayOf = (day: number): string => new Date(Date.UTC(2026, 9, 20 + day)).toISOString().slice(0, 10);

test('18.1: random spans of days are due on the same day whether lists are cut off at 200 or at 5', async () => {
  const span = fc.record({ first: fc.nat(20), length: fc.nat(3), zone: fc.constantFrom(...ZONES) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(span, { minLength: 1, maxLength: 5 }),
      fc.nat(20),
      fc.nat(3),
      fc.constantFrom(...ZONES),
      async (spans, wanted, days, zone) => {
        const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
        const auth = sandbox.ticktick.issueApiToken();
        const client = new TickTickClient({ auth, fetch: sandbox.fetch, limits: [] });
        const cut = new TickTickClient({ auth, fetch: cutOff(sandbox), limits: [] });
        // Six of each, so that a second has more tasks than one list.
        const inputs = spans.flatMap(({ first, length, zone: timeZone }) => {
          const from = { date: dayOf(first), timeZone };
          const to = { date: dayOf(first + length), timeZone };
          return Array.from({ length: 6 }, () => ({ title: `until ${to.date}`, schedule: { from, to } }));
        });
        await client.tasks.createMany(inputs);
        const range = {
          from: { date: dayOf(wanted), timeZone: zone },
          to: { date: dayOf(wanted + days), timeZone: zone },
        };
        const due = async (of: TickTickClient): Promise<string[]> =>
          (await of.tasks.listDue({ ...range, projectIds: [], taskIds: [] }).toArray())
            .map(({ id }) => id)
            .toSorted();
        const found = await due(client);
        expect(await due(cut)).toEqual(found);
        // In one zone, what is due in days are the spans that end on them.
        if (spans.every((each) => each.zone === zone)) {
          const ends = spans.map(({ first, length }) => first + length);
          expect(found).toHaveLength(6 * ends.filter((end) => end >= wanted && end <= wanted + days).length);
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('18.7: random filters find the same whether lists are cut off at 200 or at 5', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(FACTS, { minLength: 20, maxLength: 60 }),
      fc.array(FILTER, { minLength: 3, maxLength: 3 }),
      async (tasks, filters) => {
        const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
        const projectIds = fill(sandbox, tasks);
        const auth = sandbox.ticktick.issueApiToken();
        const client = new TickTickClient({ auth, fetch: sandbox.fetch, limits: [] });
        const cut = new TickTickClient({ auth, fetch: cutOff(sandbox), limits: [] });
        for (const { projects, startFrom, startTo, ...rest } of filters) {
          const filter: TaskFilter = {
            ...rest,
            projectIds: projects?.map((index) => (index === 0 ? 'inbox' : (projectIds[index] ?? ''))),
            startFrom: boundAt(startFrom),
            startTo: boundAt(startTo),
          };
          const idsOf = async (of: TickTickClient): Promise<string[]> =>
            (await of.tasks.filter(filter).toArray()).map(({ id }) => id).toSorted();
          expect(await idsOf(cut)).toEqual(await idsOf(client));
        }
      },
    ),
    { numRuns: propertyRuns(30) },
  );
});
