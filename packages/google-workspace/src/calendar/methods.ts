import type { RateLimit } from '@context-sdk/oauth-core';
import type { Method } from '../requests/method.ts';

/** Google's methods that {@link GoogleCalendarClient} calls, by their id in the discovery document without `calendar.`. */
export type CalendarMethod =
  | 'calendarList.list'
  | 'calendarList.get'
  | 'channels.stop'
  | 'events.delete'
  | 'events.get'
  | 'events.insert'
  | 'events.instances'
  | 'events.list'
  | 'events.move'
  | 'events.patch'
  | 'events.update'
  | 'events.watch'
  | 'freebusy.query';

const SCOPE = 'https://www.googleapis.com/auth/calendar';

function scopes(...names: string[]): string[] {
  return [SCOPE, ...names.map((name) => `${SCOPE}.${name}`)];
}

const LIST = scopes('calendarlist', 'calendarlist.readonly', 'readonly');
const WRITE = scopes('app.created', 'events', 'events.owned');
const READ = [
  ...WRITE,
  ...[
    'events.freebusy',
    'events.owned.readonly',
    'events.public.readonly',
    'events.readonly',
    'readonly',
  ].map((name) => `${SCOPE}.${name}`),
];

/** A user may make 600 requests a minute; of whichever method, each counts as one. */
export const CALENDAR_METHODS: Readonly<Record<CalendarMethod, Method>> = {
  'calendarList.list': { safety: 'safe', scopes: LIST, cost: 1 },
  'calendarList.get': { safety: 'safe', scopes: [...LIST, `${SCOPE}.app.created`], cost: 1 },
  'channels.stop': {
    safety: 'idempotent',
    scopes: [
      ...READ,
      ...['acls', 'acls.readonly', 'calendarlist', 'calendarlist.readonly', 'settings.readonly'].map(
        (name) => `${SCOPE}.${name}`,
      ),
    ],
    cost: 1,
  },
  'events.delete': { safety: 'idempotent', scopes: WRITE, cost: 1 },
  'events.get': { safety: 'safe', scopes: READ, cost: 1 },
  // Every event is given an id before it is sent, so that a second one is refused.
  'events.insert': { safety: 'idempotent', scopes: WRITE, cost: 1 },
  'events.instances': { safety: 'safe', scopes: READ, cost: 1 },
  'events.list': { safety: 'safe', scopes: READ, cost: 1 },
  'events.move': { safety: 'unsafe', scopes: scopes('events', 'events.owned'), cost: 1 },
  'events.patch': { safety: 'idempotent', scopes: WRITE, cost: 1 },
  'events.update': { safety: 'idempotent', scopes: WRITE, cost: 1 },
  // A second channel with the same id is refused.
  'events.watch': { safety: 'unsafe', scopes: READ, cost: 1 },
  'freebusy.query': { safety: 'safe', scopes: scopes('events.freebusy', 'freebusy', 'readonly'), cost: 1 },
};

/**
 * What one user may do: 600 requests a minute, for projects made since 2026-05-01.
 * https://developers.google.com/workspace/calendar/api/guides/quota
 */
export const CALENDAR_LIMITS: readonly RateLimit[] = [{ limit: 600, intervalMs: 60_000 }];
