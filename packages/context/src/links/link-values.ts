import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import type { LinkField, SideKind } from '../options/links-options.ts';
import { titleLine } from '../task-actions/task-summary.ts';
import { shortTitle } from '../task-actions/work-item-title.ts';

/** Services cut no title that is shorter. */
const MIN_CUT_LENGTH = 200;
/** What a title ends with that was cut. */
const CUT = '…';
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MIDNIGHT = /T00:00:00(\.000)?Z$/;
/** A day lasts from its beginning in the east of all zones to its end in the west. */
const [EAST_MS, WEST_MS] = [14 * 3_600_000, 36 * 3_600_000];

/** Whether two values say the same, whatever services do to spaces, line ends, control characters and forms of dates. */
export function isSameValue(field: LinkField, one: string, other: string): boolean {
  if (one === other) return true;
  if (field === 'title') return plain(one) === plain(other);
  return field === 'due' && isSameDue(one, other);
}

/** The same, but a time is no day: what a task is due at says which of its own zone's days it is. */
export function isExactly(field: LinkField, one: string, other: string): boolean {
  if (field !== 'due' || DAY.test(one) === DAY.test(other)) return isSameValue(field, one, other);
  const [day, time] = DAY.test(one) ? [one, other] : [other, one];
  return MIDNIGHT.test(time) && time.startsWith(day);
}

/** Whether this can be what a service made of a value that was written: it may also have cut a long title. */
export function isWritten(field: LinkField, now: string, tried: string): boolean {
  if (isSameValue(field, now, tried)) return true;
  if (field === 'due') return isOnDay(now, tried);
  if (field !== 'title') return false;
  const start = plain(now).replace(/…$/, '').trimEnd();
  return start.length >= MIN_CUT_LENGTH && plain(tried).startsWith(start);
}

/** The value in the form that a side can have. */
export function fitting(kind: SideKind, field: LinkField, value: string): string {
  if (field === 'due') return kind === 'task' && MIDNIGHT.test(value) ? value.slice(0, 10) : value;
  if (field === 'status' || kind === 'task') return value;
  if (kind === 'block') return cleanLine(value).replace(/\s+/g, ' ').trim();
  const line = titleLine(value);
  return kind === 'work-item' ? shortTitle(line) : line;
}

/** The end of a title that was cut for a side, if it was. */
export function tailOf(field: LinkField, seen: string, value: string): string | undefined {
  if (field !== 'title' || !seen.endsWith(CUT)) return undefined;
  const whole = plain(value);
  const start = plain(seen.slice(0, -CUT.length));
  return start.length >= MIN_CUT_LENGTH && whole.length > start.length && whole.startsWith(start)
    ? whole.slice(start.length)
    : undefined;
}

/** What somebody means who edited a title that was cut: its end is still there, unless they took the sign of the cut away. */
export function withTail(value: string, tail: string | undefined): string {
  return tail !== undefined && value.endsWith(CUT) ? value.slice(0, -CUT.length).trimEnd() + tail : value;
}

/** Whether a field can have no value. An empty title is none. */
export function isEmptyTitle(field: LinkField, value: string): boolean {
  return field === 'title' && plain(value) === '';
}

function plain(title: string): string {
  return cleanLine(title).normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A task that is due at a time keeps it on another day of its own zone. */
function isOnDay(time: string, day: string): boolean {
  if (!DAY.test(day) || DAY.test(time)) return false;
  const sinceMs = Date.parse(time) - Date.parse(day);
  return sinceMs >= -EAST_MS && sinceMs < WEST_MS;
}

function isSameDue(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  if (DAY.test(one) || DAY.test(other)) return one.slice(0, 10) === other.slice(0, 10);
  return Date.parse(one) === Date.parse(other);
}
