import type { CalendarEvent, DeletedEvent } from '@context-sdk/google-workspace';
import { type ContextSdkError, InvalidRequestError } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS, parseInstant, sha256 } from '@context-sdk/oauth-core/client-kit';
import { isOfOneCalendar } from '../../utils/own-calendars.ts';
import type { Emit, UserContext } from '../change-source.ts';
import { type CalendarPush, channelOf } from './calendar-channels.ts';
import {
  type CalendarListChange,
  type CalendarPosition,
  feedCalendars,
  readPosition,
} from './calendar-feeds.ts';

/** Once a calendar could be read, no more are begun after this: a poll that is broken off keeps nothing, and would never come to its end. */
const BUDGET_MS = 20_000;

/**
 * Tells what has changed in the calendars since the stored position. Returns the next. Calendars that there was no time for are the
 * first ones then.
 */
export async function pollCalendars(
  context: UserContext,
  stored: object | undefined,
  emit: Emit,
  push: CalendarPush | undefined,
): Promise<CalendarPosition> {
  const startedAt = performance.now();
  const position = readPosition(stored);
  const { ids, list, change } = await feedCalendars(context, position);
  const cursors: CalendarPosition['cursors'] = {};
  const left: CalendarPosition['cursors'] = {};
  const failures: ContextSdkError[] = [];
  let isAnyRead = false;
  for (const id of ids) {
    const cursor = position?.cursors[id] ?? null;
    if (isAnyRead && performance.now() - startedAt > BUDGET_MS) {
      left[id] = cursor;
      continue;
    }
    try {
      cursors[id] = await pollCalendar(context, id, cursor, emit, push);
      isAnyRead = true;
    } catch (error) {
      if (error instanceof HostFailure) throw error.reason;
      if (!isOfOneCalendar(error, context.signal)) throw error;
      cursors[id] = cursor;
      failures.push(error);
      context.onPartFailed?.({ calendarId: id, error });
    }
  }
  // One calendar that can't be read costs no other; it is read from the same position next time.
  if (failures.length === ids.length && failures[0] !== undefined) throw failures[0];
  if (change.added.length + change.removed.length > 0)
    await emitListChange(context, position?.list ?? '', change, emit);
  return {
    cursors: { ...left, ...cursors },
    ...(list !== undefined && { list }),
    ...(Object.keys(left).length > 0 && { isPartial: true }),
  };
}

/** What the host or the store says to an event, told apart from what Google says of a calendar. */
class HostFailure extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('An event could not be passed on.');
    this.reason = reason;
  }
}

/** Tells what has changed since the cursor, if there is one. Returns the next. */
async function pollCalendar(
  { clients, grant, routing, signal }: UserContext,
  calendarId: string,
  before: string | null,
  emit: Emit,
  push: CalendarPush | undefined,
): Promise<string> {
  const { cursor, events, deleted, full } = await syncCalendar(
    clients,
    calendarId,
    before ?? undefined,
    signal,
  );
  if (before === null) return cursor;
  const channel = push && channelOf(push, calendarId);
  const notifiedAt = notificationTime(channel && (await routing.channel(channel.id))?.notifiedAt);
  const untold = [...events, ...deleted].filter((event) => !isOlderThan(event, notifiedAt));
  if (!full && untold.length === 0) return cursor;
  const versions = untold.map((each) => versionOf(each, before));
  const id = `${calendarId}/${await sha256(JSON.stringify(full ? [before, versions] : versions))}`;
  const common = { source: 'google-calendar', type: 'changed', userId: clients.id } as const;
  const event = { ...common, id, verified: true, data: { calendarId }, raw: untold } as const;
  await emit({ event, owner: grant.owner }).catch((error: unknown) => {
    throw new HostFailure(error);
  });
  return cursor;
}

/** The id has the position before the change: it differs if the same change happens later, but not if this one is found again. */
async function emitListChange(
  { clients, grant }: UserContext,
  before: string,
  data: CalendarListChange,
  emit: Emit,
): Promise<void> {
  const common = { source: 'google-calendar', type: 'calendars.changed', userId: clients.id } as const;
  const id = `calendars/${await sha256(JSON.stringify([before, data]))}`;
  await emit({ event: { ...common, id, verified: true, data, raw: data }, owner: grant.owner });
}

/** Begins anew with a cursor that is damaged. One that Google refuses begins anew in the client. */
async function syncCalendar(
  { calendar }: UserContext['clients'],
  calendarId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const options = { calendarId, signal };
  try {
    return await calendar.events.sync(cursor, options);
  } catch (error) {
    const isDamaged = error instanceof InvalidRequestError && error.field === 'cursor';
    if (!isDamaged) throw error;
    return await calendar.events.sync(undefined, options);
  }
}

/**
 * Names an event's state. Google may return only the id of a deleted event; the position before the change then distinguishes this
 * deletion from an earlier one.
 */
function versionOf(event: CalendarEvent | DeletedEvent, before: string): unknown {
  const { etag, updated } = event as Partial<CalendarEvent>;
  return [event.id, etag ?? updated ?? [before, event]];
}

/** When the last notification came. One from the future was noted by a wrong clock: it proves nothing. */
function notificationTime(notifiedAt: number | undefined): number | undefined {
  if (notifiedAt === undefined || notifiedAt > Date.now() + CLOCK_TOLERANCE_MS) return undefined;
  return notifiedAt;
}

/** Whether the change was made before a notification: then that told it. */
function isOlderThan(event: CalendarEvent | DeletedEvent, notifiedAt: number | undefined): boolean {
  const updatedAt = parseInstant((event as Partial<CalendarEvent>).updated);
  return notifiedAt !== undefined && updatedAt !== undefined && updatedAt <= notifiedAt;
}
