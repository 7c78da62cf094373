import type { Plan, PlanOptions, User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { expect, line, step } from './story.ts';

const WORK: readonly [title: string, priority: number, minutes: number][] = [
  ['Write the offer', 5, 180],
  ['Review the design', 3, 90],
  ['Read the report', 1, 120],
  ['Clean up the backlog', 0, 60],
];

function written({ pieces }: Plan): string[] {
  return pieces.map(({ title, start, end, reason }) => {
    return `${start.slice(0, 16).replace('T', ' ')} to ${end.slice(11, 16)}  ${title}: ${reason}`;
  });
}

/** Several tasks at once: a proposal, its blocks, a meeting on top of them, and a task that is done. */
export async function planTheWeek(
  sandbox: Sandbox,
  user: User,
  common: Pick<PlanOptions, 'within' | 'workingHours' | 'timeZone'>,
): Promise<void> {
  const tickTick = sandbox.ticktick.testUser();
  const tasks = WORK.map(([title, priority, durationMinutes]) => {
    const { id, projectId } = tickTick.createTask({ title, priority });
    return { id, projectId, title, priority, durationMinutes };
  });
  const options = { ...common, tasks, lunch: ['12:00', '13:00'], bufferMinutes: 10 } as const;
  let plan: Plan;

  await step('plan the week', async () => {
    plan = await user.plan(options);
    for (const text of written(plan)) line(text);
    return `${plan.pieces.length} pieces for ${tasks.length} tasks, ${plan.unplaced.length} without a place; nothing is written yet`;
  });

  await step('apply the plan', async () => {
    const { isComplete } = await user.apply(plan);
    expect(isComplete, 'every piece to be written');
    const again = await user.plan(options);
    expect(
      again.pieces.every(({ action }) => action === 'keep'),
      'the same plan again',
    );
    return 'every piece is in the calendar; planned again, nothing moves';
  });

  await step('a meeting lands on the plan', async () => {
    const [first] = plan.pieces;
    const meeting = { start: { dateTime: first?.start ?? '' }, end: { dateTime: first?.end ?? '' } };
    sandbox.google.testUser().calendar.addEvent({ summary: 'Customer calls', ...meeting });
    const next = await user.replan(plan);
    const moved = next.pieces.filter(({ action }) => action !== 'keep');
    expect(moved.length > 0 && moved.length < next.pieces.length, 'some pieces to move, and some to stay');
    await user.apply(next);
    return `${moved.length} of ${next.pieces.length} pieces move`;
  });

  await step('a task is done', async () => {
    const [task] = tasks;
    if (task === undefined) throw new Error('There are no tasks.');
    await user.ticktick.tasks.complete(task);
    const { did } = await user.followTask(task);
    expect(did === 'freed', 'its time to be free');
    return 'its blocks are gone; with maintenance or webhooks that needs no call';
  });
}
