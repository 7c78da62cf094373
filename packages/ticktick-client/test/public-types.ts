/** Compiled by `npm run types`, never run: what the public types promise, in both directions. */
import {
  isChecklistTask,
  type Task,
  type TaskChangeEvent,
  type TaskOutcome,
  TaskPriority,
  type TickTickClient,
  type TickTickWebhookEvent,
} from '@context-sdk/ticktick-client';

export function tasks(client: TickTickClient, task: Task): void {
  void (client.tasks.get('a') satisfies Promise<Task>);
  // @ts-expect-error What is looked for may not be there.
  void (client.tasks.find('a') satisfies Promise<Task>);
  void client.tasks.create({ title: 'x', priority: TaskPriority.high });
  void client.tasks.update(task, { dueDate: null });
  // @ts-expect-error TickTick has no priority 2.
  void client.tasks.create({ title: 'x', priority: 2 });
  // @ts-expect-error A task has a title.
  void client.tasks.create({ content: 'x' });
  // @ts-expect-error A new task has no date to clear.
  void client.tasks.create({ title: 'x', dueDate: null });
  // @ts-expect-error A task is named by its id, or with its project.
  void client.tasks.get({ id: 'a' });
  if (isChecklistTask(task)) void (task.kind satisfies 'CHECKLIST');
  // @ts-expect-error TickTick may add kinds.
  void (task.kind satisfies 'TEXT' | 'NOTE' | 'CHECKLIST' | undefined);
}

export function outcomes(outcome: TaskOutcome): string {
  if (outcome.status === 'ok') return outcome.id;
  // @ts-expect-error What failed has no id.
  void outcome.id;
  return outcome.error.code;
}

export function changes(event: TaskChangeEvent): string {
  if (event.type === 'task.moved') return event.fromProjectId;
  if (event.type === 'task.updated') return event.changed.join();
  // @ts-expect-error Of a deleted task nothing but its place is known.
  if (event.type === 'task.deleted') return event.data.title;
  return event.data.title;
}

export function webhooks(event: TickTickWebhookEvent): string {
  if (event.type === 'unknown') return event.event;
  return event.data.id;
}

/** Of a form that may be left empty: under `exactOptionalPropertyTypes`, too, what is undefined counts as left out. */
export function ofAForm(
  client: TickTickClient,
  { text, count, day, list }: { text?: string; count?: number; day?: Date; list?: readonly string[] },
): void {
  void client.tasks.create({ title: 'x', content: text, dueDate: day, tags: list, projectId: text });
  void client.tasks.update('a', { title: text, startDate: day, reminders: list });
  void client.tasks.create({ title: 'x', items: [{ title: 'y', sortOrder: count, startDate: text }] });
  void client.tasks.createTree([{ title: 'x', ref: text, parent: text, children: undefined }]);
  void client.tasks.moveMany([{ task: 'a', toProjectId: 'b', sortOrder: count }]);
  void client.projects.create({ name: 'x', color: text });
  void client.projects.update('a', { name: text, sortOrder: count });
  void client.tags.create({ name: 'x', label: text });
  void client.habits.create({ name: 'x', goal: count, exDates: list });
  void client.habits.update('a', { name: text });
  void client.habits.checkIn('a', { stamp: 20260407, value: count, time: day });
  void client.focus.create({ type: 0, note: text, startTime: day });
}
