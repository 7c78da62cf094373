import { dayOf, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { ConflictError, PermissionError } from '@context-sdk/oauth-core/errors';
import { invalid, SERVICE, unexpected } from '../../errors.ts';
import type { CalendarCall } from '../../operations.ts';
import { checkedCreation, createOnce } from '../create-event.ts';
import type { EventChanges, EventInput, MoveEventOptions } from '../event-input.ts';
import { placeOf } from '../event-requests.ts';
import { patchRequest } from '../event-writes.ts';
import type { CalendarEvent } from '../event.ts';
import { copyException, exceptionsFrom } from './exceptions.ts';
import { findSeries, type FoundSeries, recurrenceOf, timesAtCut } from './find-series.ts';
import { startDay } from './given-start.ts';
import { movedRule } from './moved-rule.ts';
import { datesIn } from './recurrence-dates.ts';
import { cutRecurrence } from './recurrence-parts.ts';
import { retypedRecurrence } from './retyped-recurrence.ts';
import { writableFields } from './writable-fields.ts';

/** How a series is changed from an instance on. */
export type FollowingOptions = MoveEventOptions;

/** A series after its change from an instance on. */
export interface FollowingChange {
  /** The changed part, from the instance on: a series of its own, or the whole series if it was changed from its start. */
  event: CalendarEvent;
  /** The part before the instance, which ends there. Absent if the whole series was changed. */
  before?: CalendarEvent;
  /** Exceptions of the former series that the new one has, too. */
  keptExceptions: number;
}

/**
 * Splits a series at an instance. The new series comes first, under an id that follows from the instance, so that a call that
 * was interrupted can be repeated; then its exceptions; last, the former one ends, and its instances with it. If it was changed
 * meanwhile, the new one is deleted.
 */
export async function patchFollowing(
  call: CalendarCall,
  instanceId: string,
  changes: EventChanges,
  options: FollowingOptions,
): Promise<FollowingChange> {
  // The same checks as of any patch, before anything is sent.
  patchRequest(instanceId, changes, options);
  const found = await findSeries(call, instanceId, options);
  const { series } = found;
  checkOrganizer(series);
  if (found.isFirst) {
    const request = patchRequest(series.id, changesOfAll(found, changes), options);
    const response = await call.send('events.patch', request);
    return { event: response.object<CalendarEvent>({ id: 'string' }), keptExceptions: 0 };
  }
  const exceptions = await exceptionsFrom(call, found, options);
  const recurrence = await cutRecurrence({ ...found, lines: recurrenceOf(series) }, found.cut);
  if (changes.recurrence === undefined) checkStart(found, recurrence.following);
  const { calendarId, sendUpdates } = options;
  const key = `following/${series.iCalUID ?? series.id}/${instanceId}`;
  const input = followingInput(found, withRecurrence(found, changes, recurrence.following));
  const event = await createOnce(call, await checkedCreation(input, { calendarId, sendUpdates, key }));
  let keptExceptions = 0;
  for (const exception of exceptions) {
    if (await copyException(call, exception, { found, following: event, options })) keptExceptions += 1;
  }
  const before = await endSeries(call, series, recurrence.before, options, event);
  return { event, before, keptExceptions };
}

/** Ends a series before an instance, or deletes it if that is its first. */
export async function deleteFollowing(
  call: CalendarCall,
  instanceId: string,
  options: FollowingOptions,
): Promise<CalendarEvent | undefined> {
  const found = await findSeries(call, instanceId, options);
  const { series, cut } = found;
  if (found.isFirst) {
    await deleteSeries(call, series, options);
    return undefined;
  }
  const { before } = await cutRecurrence({ ...found, lines: recurrenceOf(series) }, cut);
  return await endSeries(call, series, before, options);
}

/**
 * Only the organizer can end a series, and the new one would be a second meeting beside it. Google says so last of all, when guests
 * have been invited to the new one.
 */
function checkOrganizer({ organizer, guestsCanModify, privateCopy }: CalendarEvent): void {
  if (organizer === undefined || organizer.self === true) return;
  if (guestsCanModify === true || privateCopy === true) return;
  throw new PermissionError('The series is that of another organizer, who alone can split it.', {
    service: SERVICE,
    serviceCode: 'forbiddenForNonOrganizer',
  });
}

/** The changes with these lines, unless they have some: for the day and the type that the start gets. */
function withRecurrence(found: FoundSeries, changes: EventChanges, lines: readonly string[]): EventChanges {
  const { start, recurrence } = changes;
  const { times, timeZone, cut } = found;
  if (recurrence !== undefined) return changes;
  if (!start) return { ...changes, recurrence: [...lines] };
  const from = 'day' in cut ? cut.day : dayOf(cut.instant, timeZone);
  const moved = lines.map((line) => movedRule(line, from, startDay(start, timeZone)));
  const isRetyped = (start.date !== undefined) !== times.allDay;
  return { ...changes, recurrence: isRetyped ? retypedRecurrence(moved, timeZone, start) : moved };
}

/** The changes of a whole series, with its recurrence if that changes with the start. */
function changesOfAll(found: FoundSeries, changes: EventChanges): EventChanges {
  if (!changes.start || changes.recurrence !== undefined) return changes;
  const lines = recurrenceOf(found.series);
  const whole = withRecurrence(found, changes, lines);
  return haveSameLines([...lines], whole.recurrence ?? []) ? changes : whole;
}

/** A rule counts from where its series starts: at a date that was added, it would go on by that date's weekday. */
function checkStart({ cut, timeZone }: FoundSeries, lines: readonly string[]): void {
  const added = lines.filter((line) => /^RDATE/i.test(line)).flatMap((line) => datesIn(line, timeZone).dates);
  const isAdded = added.some(({ day, instant }) =>
    'day' in cut ? day === cut.day : instant === cut.instant,
  );
  if (isAdded && lines.some((line) => /^RRULE/i.test(line)))
    throw invalid('eventId', 'is a date that was added to a series (RDATE), and whose rule goes on after it');
}

/** The series from the cut on: all that the former one has, its conference and its guests' answers included. */
function followingInput(found: FoundSeries, changes: EventChanges): EventInput {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (found.series.attendeesOmitted && changes.attendees === undefined)
    throw unexpected('answered events.get without some of the guests', 'attendees');
  const fields = writableFields(found.series);
  const { createRequest: _, ...conferenceData } = fields.conferenceData ?? {};
  // The conference stays; the request that made it would make another one.
  const conference = conferenceData.conferenceId === undefined ? {} : { conferenceData };
  const former = { ...fields, ...conference, ...timesAtCut(found) };
  const merged = Object.entries({ ...former, ...Object.fromEntries(given) });
  return Object.fromEntries(merged.filter(([, value]) => value !== null)) as unknown as EventInput;
}

/**
 * If it was changed since it was read, what already follows it goes again. The change may be this very one, whose response was
 * lost: then the series ends as it is asked to.
 */
async function endSeries(
  call: CalendarCall,
  series: CalendarEvent,
  recurrence: string[],
  options: FollowingOptions,
  following?: CalendarEvent,
): Promise<CalendarEvent> {
  try {
    const request = patchRequest(series.id, { recurrence }, { ...options, ifMatch: series.etag });
    return (await call.send('events.patch', request)).object<CalendarEvent>({ id: 'string' });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const read = await call.send('events.get', { params: placeOf(series.id, options) });
    const current = read.object<CalendarEvent>({ id: 'string' });
    if (haveSameLines(current.recurrence, recurrence)) return current;
    if (following !== undefined) await deleteSeries(call, following, options);
    throw error;
  }
}

function haveSameLines(lines: CalendarEvent['recurrence'], others: readonly string[]): boolean {
  return Array.isArray(lines) && JSON.stringify(lines.toSorted()) === JSON.stringify(others.toSorted());
}

async function deleteSeries(
  call: CalendarCall,
  { id }: CalendarEvent,
  options: FollowingOptions,
): Promise<void> {
  const params = { ...placeOf(id, options), sendUpdates: options.sendUpdates };
  await unlessNotFound(call.send('events.delete', { params }));
}
