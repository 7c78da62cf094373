import type { AgendaItem, Task, User } from '@context-sdk/context';
import { expect, heading, line, step } from './story.ts';
import { planTheWeek } from './the-week.ts';
import type { World } from './world.ts';

const ZONE = 'Europe/Berlin';
const WORK: [string, string][] = [['09:00', '17:00']];
const WORKING_HOURS = { mon: WORK, tue: WORK, wed: WORK, thu: WORK, fri: WORK };
const DAY_MS = 24 * 3_600_000;

/** A working day of the next week, so that the story is the same every day. */
function nextMonday(): Date {
  const today = new Date();
  today.setUTCHours(0, 0, 0, 0);
  return new Date(today.getTime() + ((8 - today.getUTCDay()) % 7 || 7) * DAY_MS);
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function written(item: AgendaItem): string {
  const time = item.start === undefined ? 'all day'.padEnd(9) : clock.format(item.start);
  return `${time}  ${item.kind.padEnd(9)}  ${item.title.slice(0, 60)}`;
}

/** The user's day across the services: one agenda, and what comes of a task. */
export async function tellTheDay({ sandbox }: World, user: User): Promise<Task> {
  heading('One agenda, and what comes of a task');
  const monday = nextMonday();
  const range = { from: monday, to: new Date(monday.getTime() + 2 * DAY_MS) };
  const day = { ...range, timeZone: ZONE };
  const { id } = sandbox.ticktick.testUser().createTask({
    title: 'Prepare the quarterly review',
    content: 'Slides, figures, and a story.',
    dueDate: new Date(monday.getTime() + DAY_MS + 15 * 3_600_000).toISOString().replace('Z', '+0000'),
  });
  const task = await user.ticktick.tasks.get(id);
  let start = '';

  await step('agenda', async () => {
    const [item] = sandbox.azureDevOps.testUser().all();
    const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
    const due = { 'Microsoft.VSTS.Scheduling.DueDate': `${monday.toISOString().slice(0, 10)}T00:00:00Z` };
    sandbox.azureDevOps.testUser().update(item?.id ?? 0, { 'System.AssignedTo': assignedTo, ...due });
    const { items, undated, errors } = await user.agenda(day);
    expect(Object.keys(errors).length === 0, 'every service to answer');
    const count = (kind: string): number => items.filter((one) => one.kind === kind).length;
    expect(count('task') > 0 && count('event') > 0 && count('work-item') > 0, 'all three kinds');
    for (const one of items.slice(0, 8)) line(written(one));
    return `${count('task')} tasks, ${count('event')} events, ${count('work-item')} work items; ${undated.length} work items without a day`;
  });

  const week = { from: monday, to: new Date(monday.getTime() + 7 * DAY_MS) };
  const options = { durationMinutes: 90, within: week, workingHours: WORKING_HOURS, timeZone: ZONE };

  await step('block time for it', async () => {
    const [once, again] = await Promise.all([user.blockTime(task, options), user.blockTime(task, options)]);
    expect(once.event.id === again.event.id, 'one event');
    ({ start } = once.slot);
    return `“${once.event.summary}” on ${clock.format(new Date(start))} for 90 minutes; asked twice at once: one event`;
  });

  await step('a meeting lands on it', async () => {
    const meeting = {
      start: { dateTime: start },
      end: { dateTime: new Date(Date.parse(start) + 3_600_000).toISOString() },
    };
    sandbox.google.testUser().calendar.addEvent({ summary: 'All hands', ...meeting });
    const { outcome, slot } = await user.blockTime(task, options);
    expect(outcome === 'updated' && slot.start !== start, 'the block to move');
    const { items } = await user.agenda({ ...week, timeZone: ZONE });
    const told = items.filter((one) => one.kind === 'task' && one.task.id === task.id);
    expect(told.length === 1, 'task and block to be one in the agenda');
    return `the block moves to ${clock.format(new Date(slot.start))}; in the agenda task and block are one`;
  });

  await planTheWeek(sandbox, user, options);

  await step('draft a mail about it', async () => {
    await user.draftEmail(task, { to: 'Grace Höpper <grace@example.com>' });
    const [draft] = sandbox.google.testUser().gmail.drafts();
    return `to ${draft?.message.envelope.to.join(', ')}: “${task.title}”`;
  });

  await step('make a work item of it', async () => {
    const project = sandbox.azureDevOps.organization.projects[0]?.name;
    const items = await Promise.all([
      user.createWorkItem(task, { project }),
      user.createWorkItem(task, { project }),
    ]);
    expect(new Set(items.map((item) => item.id)).size === 1, 'one work item');
    const { content = '' } = await user.ticktick.tasks.get(task);
    expect(content.includes(`/_workitems/edit/${items[0]?.id}`), 'the task to name it');
    return `#${items[0]?.id}, asked twice at once: one item, and each side links to the other`;
  });
  return task;
}
