import { isObject, textOf } from '@context-sdk/oauth-core/client-kit';
import { readInstant } from '../times/read-instant.ts';
import type { Span } from './spans.ts';

/** The parts of a response that are read per calendar, whatever they hold. */
export interface BusyResponse {
  calendars: Readonly<Record<string, unknown>>;
  groups: unknown;
}

/** Google's response for this calendar makes no sense, so nothing is known about it. */
const UNREADABLE = { busy: [], errors: ['unreadable'] };

/** What the response says of a calendar. One that makes no sense, or isn't there, is unknown: it costs no other. */
export function timesIn({ calendars }: BusyResponse, id: string): { busy: Span[]; errors: string[] } {
  const calendar = Object.hasOwn(calendars, id) ? calendars[id] : undefined;
  if (!isObject(calendar)) return { busy: [], errors: ['notAnswered'] };
  const busy = calendar['busy'] ?? [];
  const errors = calendar['errors'] ?? [];
  if (!Array.isArray(busy) || !Array.isArray(errors)) return UNREADABLE;
  const spans = busy.map(spanIn);
  if (errors.length === 0 && spans.includes(undefined)) return UNREADABLE;
  return { busy: spans.filter((span) => span !== undefined), errors: reasonsIn(errors) };
}

/** What the response says of a group; `undefined` if it isn't one. */
export function groupIn(
  { groups }: BusyResponse,
  id: string,
): { members: string[]; errors: string[] } | undefined {
  const group = isObject(groups) && Object.hasOwn(groups, id) ? groups[id] : undefined;
  if (!isObject(group)) return undefined;
  const members = group['calendars'] ?? [];
  const errors = group['errors'] ?? [];
  if (!Array.isArray(members) || !Array.isArray(errors)) return { members: [], errors: ['unreadable'] };
  const named = members.filter((member): member is string => typeof member === 'string' && member !== '');
  // Nothing is known of a member without a name: it may be busy at any time.
  const unnamed = named.length < members.length ? ['unreadable'] : [];
  return { members: named, errors: [...reasonsIn(errors), ...unnamed] };
}

function reasonsIn(errors: readonly unknown[]): string[] {
  return errors.map((error) => textOf(isObject(error) && error['reason']) ?? 'unknown');
}

/** A period with an end before its start is unreadable: it may block any time. */
function spanIn(period: unknown): Span | undefined {
  if (!isObject(period)) return undefined;
  const start = readInstant(period['start']);
  const end = readInstant(period['end']);
  return start === undefined || end === undefined || end < start ? undefined : { start, end };
}
