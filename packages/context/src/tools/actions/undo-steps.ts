import type { CalendarEvent } from '@context-sdk/google-workspace';
import { ConflictError, InvalidRequestError, NotFoundError } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { TaskChanges } from '@context-sdk/ticktick-client';
import { isDone } from '../../plans/outcomes.ts';
import { checkHeld, type LeaseTime } from '../../records/held-lease.ts';
import { readTask } from '../../task-actions/read-task.ts';
import { blocksOf, timesOf } from '../definitions/block-time.ts';
import type { ToolCall } from '../definitions/definition.ts';
import { taskAt } from '../definitions/task-at.ts';
import { workItemState } from '../definitions/work-items.ts';
import { eventState } from './event-state.ts';
import { withEtags } from './inverse-plan.ts';
import { differing, pick, priorityOf, taskState } from './task-state.ts';
import type { TaskState, UndoStep, WrittenEvent } from './undo-step.ts';
import { checkedAs, checkListed, hasChildren } from './undone-task.ts';

type Step<Kind extends UndoStep['kind']> = Extract<UndoStep, { kind: Kind }>;

/** An undo under the user's lease. */
interface UndoCall extends ToolCall {
  lease: LeaseTime;
}

/** Takes one write back. Throws {@link ConflictError} if what it wrote was changed since. */
export async function undoStep(tool: UndoCall, step: UndoStep): Promise<void> {
  switch (step.kind) {
    case 'task-created':
      return await deleteTask(tool, step);
    case 'task-changed':
      return await restoreTask(tool, step);
    case 'task-completed':
      return await reopenTask(tool, step);
    case 'block-created':
      return await deleteBlocks(tool, step);
    case 'block-moved':
      return await moveBack(tool, step);
    case 'plan-applied':
      return await applyInverse(tool, step);
    case 'draft-created':
      return await deleteDraft(tool, step);
    case 'work-item-created':
      return await deleteWorkItem(tool, step);
    case 'work-item-changed':
      return await restoreWorkItem(tool, step);
    default:
      throw new InvalidRequestError('action was written by another version.', { field: 'action' });
  }
}

/** TickTick has no conditional writes: the task is read just before. */
async function deleteTask(tool: UndoCall, { id, projectId, after }: Step<'task-created'>): Promise<void> {
  const { user, call, lease } = tool;
  const { tasks } = user.ticktick;
  const task = await readTask(user.ticktick, id, projectId, call);
  if (task === undefined) return;
  if (task.projectId !== projectId) throw changedSince(['the list']);
  checkSame(after, taskState(task));
  if ((task.status ?? 0) !== 0) throw changedSince(['status']);
  if (task.desc || task.items?.length) throw changedSince(['the checklist']);
  // They would be deleted with it.
  if (await hasChildren(tool, { id, projectId })) throw changedSince(['the subtasks']);
  checkHeld(lease);
  await tasks.delete({ id, projectId }, call);
}

async function restoreTask(tool: UndoCall, step: Step<'task-changed'>): Promise<void> {
  const { user, call, lease } = tool;
  const { before, after } = step;
  const { tasks } = user.ticktick;
  const task = await taskAt(tool, step);
  checkSame(after, taskState(task));
  if ((task.status ?? 0) === 0) await checkListed(tool, task);
  checkHeld(lease);
  await tasks.update(task, changesTo(before), call);
}

async function reopenTask(tool: UndoCall, step: Step<'task-completed'>): Promise<void> {
  const { user, call, lease } = tool;
  const { projectId, before, after = {}, copyId, repeats } = step;
  const { tasks } = user.ticktick;
  const task = await taskAt(tool, step);
  if (!repeats) {
    const { status = 0 } = task;
    if (status < 0) throw changedSince(['status']);
    checkHeld(lease);
    if (status > 0) await tasks.reopen(task, call);
    return await checkListed(tool, task);
  }
  if (copyId === undefined) {
    throw new InvalidRequestError('action can’t be undone: the completed copy of the task was not found.', {
      field: 'action',
    });
  }
  checkSame(after, taskState(task));
  checkHeld(lease);
  // The last occurrence of a rule that ends completes the task itself.
  if ((task.status ?? 0) > 0) await tasks.reopen(task, call);
  const copy = await tasks.find({ id: copyId, projectId }, call);
  await tasks.update(task, { ...changesTo(before), ...checkedAs(task, copy) }, call);
  await tasks.delete({ id: copyId, projectId }, call);
}

/** What else the task has is left alone: time that was worked, and blocks of other occurrences. */
async function deleteBlocks(tool: ToolCall, { taskId, events }: Step<'block-created'>): Promise<void> {
  const { user, call } = tool;
  const etags = await currentEtags(tool, events);
  const others = (await blocksOf(tool, taskId)).filter(({ id }) => events.every((event) => event.id !== id));
  if (others.length === 0) return await user.unblockTime({ id: taskId }, call);
  for (const { calendarId, id } of events) {
    if (!etags.has(id)) continue;
    await user.calendar.events.delete(id, {
      ...call,
      calendarId,
      sendUpdates: 'none',
      ifMatch: etags.get(id),
    });
  }
}

async function moveBack({ user, call }: ToolCall, { id, before, after }: Step<'block-moved'>): Promise<void> {
  const { events } = user.calendar;
  const event = await unlessNotFound(events.get(id, call));
  if (event === undefined || event.status === 'cancelled')
    throw new ConflictError('It was not undone: the block was deleted since.');
  const times = timesOf(event);
  const isSame =
    Date.parse(times?.start.dateTime ?? '') === Date.parse(after.start.dateTime) &&
    Date.parse(times?.end.dateTime ?? '') === Date.parse(after.end.dateTime);
  if (!isSame) throw changedSince(['the time']);
  await events.patch(id, before, { ...call, sendUpdates: 'none', ifMatch: event.etag });
}

/**
 * The etags of events now. Throws {@link ConflictError} if somebody has changed one since it was written. One that is gone can't be
 * changed any more.
 */
async function currentEtags(
  { user, call }: ToolCall,
  events: readonly WrittenEvent[],
  isBack: (event: CalendarEvent) => boolean = () => false,
): Promise<Map<string, string | undefined>> {
  const etags = new Map<string, string | undefined>();
  for (const { calendarId, id, after } of events) {
    const event = await unlessNotFound(user.calendar.events.get(id, { ...call, calendarId }));
    if (event === undefined || event.status === 'cancelled') continue;
    if (!isBack(event)) checkSame(after, eventState(event));
    etags.set(id, event.etag);
  }
  return etags;
}

async function applyInverse(tool: ToolCall, { events, inverse }: Step<'plan-applied'>): Promise<void> {
  // An undo that was done in part goes on, as another plan.
  const isBack = ({ id, start, end }: CalendarEvent): boolean =>
    inverse.pieces.some(
      (piece) =>
        piece.block?.eventId === id &&
        Date.parse(piece.start) === Date.parse(start?.dateTime ?? '') &&
        Date.parse(piece.end) === Date.parse(end?.dateTime ?? ''),
    );
  const etags = await currentEtags(tool, events, isBack);
  const plan = { ...withEtags(inverse, etags), id: `undo/${crypto.randomUUID()}` };
  const { isComplete, pieces } = await tool.user.apply(plan, tool.call);
  if (isComplete) return;
  const outcomes = [...new Set(pieces.map(({ outcome }) => outcome))].filter((outcome) => !isDone(outcome));
  throw new ConflictError(`It was undone in part: for some times it is ${outcomes.join(', ')}.`);
}

async function deleteDraft(
  { user, call, lease }: UndoCall,
  { id, messageId }: Step<'draft-created'>,
): Promise<void> {
  const { drafts } = user.gmail;
  try {
    const { message } = await drafts.get(id, { ...call, format: 'minimal' });
    if (message.id !== messageId) throw changedSince(['the draft']);
  } catch (error) {
    if (error instanceof NotFoundError)
      throw new ConflictError('It was not undone: the draft was sent or deleted since.');
    throw error;
  }
  checkHeld(lease);
  await drafts.delete(id, call);
}

async function deleteWorkItem(
  { user, call, lease }: UndoCall,
  { id, after }: Step<'work-item-created'>,
): Promise<void> {
  const { workItems } = await user.azureDevOps();
  const item = await workItems.find(id, call);
  if (item === undefined) return;
  checkSame(after, workItemState(item, Object.keys(after)));
  checkHeld(lease);
  await workItems.delete(id, call);
}

async function restoreWorkItem({ user, call }: ToolCall, step: Step<'work-item-changed'>): Promise<void> {
  const { id, before, after, commentId } = step;
  const client = await user.azureDevOps();
  const item = await client.workItems.get(id, call);
  checkSame(after, workItemState(item, Object.keys(after)));
  if (Object.keys(before).length > 0) {
    await client.workItems.update(id, { fields: before }, { ...call, ifRev: item.rev });
  }
  const project = item.fields['System.TeamProject'];
  if (commentId !== undefined) await client.comments.delete(id, commentId, { ...call, project });
}

function changesTo({ priority, ...fields }: TaskState): TaskChanges {
  const known = priorityOf(priority);
  return { ...fields, ...(known !== undefined && { priority: known }) };
}

function checkSame<T extends object>(after: Partial<T>, now: T): void {
  const names = Object.keys(after) as (keyof T)[];
  const changed = differing(after, pick(now, names));
  if (changed.length > 0) throw changedSince(changed);
}

/** The error for an item that somebody changed. */
function changedSince(fields: readonly string[]): ConflictError {
  return new ConflictError(`It was not undone: ${fields.join(', ')} changed since.`);
}
