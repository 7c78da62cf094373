import { contextTools, type ContextTools } from '@context-sdk/context/tools';
import type { Sandbox } from '@context-sdk/sandbox';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { startAssistant } from './start-assistant.ts';

type Write = [tool: string, input: object];

const title = fc.constantFrom('Call', 'Report', 'Ünïcode 👩‍👩‍👧', 'x');
const day = fc.constantFrom('2027-03-01', '2027-03-02', '2027-03-05');
const task = fc.constantFrom('t1', 't2', 't3');

const WRITES: fc.Arbitrary<Write> = fc.oneof(
  fc
    .record({ title, day, priority: fc.constantFrom('low', 'high', null) })
    .map((input): Write => ['create_task', input]),
  fc.record({ task, title }).map((input): Write => ['change_task', input]),
  fc
    .record({ task, day, time: fc.constantFrom('09:00', null) })
    .map((input): Write => ['change_task', input]),
  fc.record({ task, tags: fc.constantFrom(['b', 'a'], ['c']) }).map((input): Write => ['change_task', input]),
  fc.record({ task, undated: fc.constant(true) }).map((input): Write => ['change_task', input]),
  fc.record({ task }).map((input): Write => ['complete_task', input]),
  fc
    .record({ task, minutes: fc.constantFrom(30, 60), from: day, days: fc.constant(1) })
    .map((input): Write => ['block_time', input]),
  fc
    .record({
      tasks: fc.uniqueArray(task, { minLength: 1 }),
      minutes: fc.constantFrom(30, 90, 600),
      from: day,
      days: fc.constantFrom(1, 3),
    })
    .map((input): Write => ['plan_tasks', input]),
  fc.record({ title, project: fc.constant('PROJECT') }).map((input): Write => ['create_work_item', input]),
  fc
    .record({ work_item: fc.constantFrom('#1', '#2'), title })
    .map((input): Write => ['change_work_item', input]),
  fc
    .record({ work_item: fc.constant('#1'), comment: title })
    .map((input): Write => ['change_work_item', input]),
  fc
    .record({ work_item: fc.constant('#1'), priority: fc.constantFrom(1, 4) })
    .map((input): Write => ['change_work_item', input]),
  fc.constant<Write>(['draft_mail', { to: ['grace@example.com'], subject: 'x', text: 'y' }]),
);

/** What the user would see of it. */
function stateOf({ ticktick, google, azureDevOps }: Sandbox): object {
  const tasks = ticktick.testUser().tasks();
  const { calendar, gmail } = google.testUser();
  return {
    tasks: tasks
      .filter(({ projectId }) => projectId !== '')
      .map(({ id, title: text, status, priority, tags = [], startDate, dueDate, isAllDay }) => {
        const dates = startDate === undefined ? {} : { startDate, dueDate, isAllDay };
        return { id, text, status, priority, tags, ...dates };
      }),
    events: calendar
      .events()
      .filter(({ status }) => status !== 'cancelled')
      .map(({ id, summary, start, end }) => ({ id, summary, start, end })),
    drafts: gmail.drafts().map(({ id }) => id),
    workItems: azureDevOps
      .testUser()
      .all()
      .map(({ id, fields, comments }) => ({
        id,
        title: fields['System.Title'],
        state: fields['System.State'],
        priority: fields['Microsoft.VSTS.Common.Priority'],
        comments,
      })),
  };
}

async function startWrites(): Promise<{
  sandbox: Sandbox;
  tools: ContextTools;
  undo: (id: string) => Promise<unknown>;
}> {
  const { sandbox, user, context } = await startAssistant();
  const ticktick = sandbox.ticktick.testUser();
  ticktick.createTask({ title: 'One', tags: ['b'] });
  ticktick.createTask({ title: 'Two', dueDate: '2027-03-01T12:00:00.000+0000', timeZone: 'UTC' });
  const repeats = { repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1', startDate: '2027-03-02T09:00:00.000+0000' };
  ticktick.createTask({ title: 'Daily', timeZone: 'UTC', dueDate: repeats.startDate, ...repeats });
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'Item' } });
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  await tools['find']?.execute({ kind: 'tasks' });
  return { sandbox, tools, undo: (id) => context.actions.undo('ada', id) };
}

test('25.undo: random writes, undone in reverse, leave everything as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(WRITES, { minLength: 1, maxLength: 8 }), async (writes) => {
      const { sandbox, tools, undo } = await startWrites();
      const before = stateOf(sandbox);
      const done: string[] = [];
      for (const [name, input] of writes) {
        const project = sandbox.azureDevOps.organization.projects[0]?.name;
        const whole = 'project' in input ? { ...input, project } : input;
        const said = await tools[name]?.execute(whole);
        const [plan] = /^p\d+(?=:)/.exec(said?.text ?? '') ?? [];
        const answer = plan === undefined ? said : await tools[name]?.execute({ apply: plan });
        if (answer?.status === 'ok' && answer.text.includes('Undo:')) done.push(answer.action ?? '');
        else
          expect(answer?.text).toMatch(
            /already|not known|number|deleted|exist|found|Already blocked|Nothing to change|Planned/i,
          );
      }
      for (const id of done.toReversed()) expect(await undo(id)).toMatchObject({ status: 'ok' });
      expect(stateOf(sandbox)).toEqual(before);
    }),
    { numRuns: Number(process.env['UNDO_RUNS'] ?? 6), seed: Number(process.env['UNDO_SEED'] ?? 25) },
  );
}, 300_000);
