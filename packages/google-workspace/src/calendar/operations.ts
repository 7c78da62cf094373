import type { Service, ServiceCall } from '@context-sdk/oauth-core/client-kit';
import type { GoogleOperation, LibraryRequest } from '../wire.ts';

/** The requests of {@link GoogleCalendarClient}, by the method that each belongs to. */
export type CalendarOperationName =
  | 'calendars.get'
  | 'calendars.list'
  | 'events.create'
  | 'events.createMany'
  | 'events.delete'
  | 'events.deleteMany'
  | 'events.get'
  | 'events.instances'
  | 'events.list'
  | 'events.move'
  | 'events.patch'
  | 'events.patchMany'
  | 'events.replace'
  | 'events.stop'
  | 'events.watch'
  | 'freeBusy.query';

export type CalendarService = Service<CalendarOperationName, GoogleOperation, LibraryRequest>;
export type CalendarCall = ServiceCall<CalendarOperationName, GoogleOperation, LibraryRequest>;

const SCOPE = 'https://www.googleapis.com/auth/calendar';

function scopes(...names: string[]): string[] {
  return [SCOPE, ...names.map((name) => `${SCOPE}.${name}`)];
}

const LIST_SCOPES = ['calendarlist', 'calendarlist.readonly', 'readonly'];
const WRITE_SCOPES = ['app.created', 'events', 'events.owned'];
const READ_SCOPES = [
  ...WRITE_SCOPES,
  'events.freebusy',
  'events.owned.readonly',
  'events.public.readonly',
  'events.readonly',
  'readonly',
];
const CHANNEL_SCOPES = [
  ...READ_SCOPES,
  'acls',
  'acls.readonly',
  'calendarlist',
  'calendarlist.readonly',
  'settings.readonly',
];

const LIST = scopes(...LIST_SCOPES);
const READ = scopes(...READ_SCOPES);
const WRITE = scopes(...WRITE_SCOPES);

/** Every request costs one unit of the quota. */
export const CALENDAR_OPERATIONS: Readonly<Record<CalendarOperationName, GoogleOperation>> = {
  'calendars.get': {
    safety: 'safe',
    scopes: scopes(...LIST_SCOPES, 'app.created'),
    library: 'calendarList.get',
  },
  'calendars.list': { safety: 'safe', scopes: LIST, library: 'calendarList.list' },
  // Every event gets its id before it is sent, so Google refuses a second one.
  'events.create': { safety: 'idempotent', scopes: WRITE, library: 'events.insert' },
  'events.createMany': { safety: 'idempotent', scopes: WRITE, library: 'batch' },
  'events.delete': { safety: 'idempotent', scopes: WRITE, library: 'events.delete' },
  'events.deleteMany': { safety: 'idempotent', scopes: WRITE, library: 'batch' },
  'events.get': { safety: 'safe', scopes: READ, library: 'events.get' },
  'events.instances': { safety: 'safe', scopes: READ, library: 'events.instances' },
  'events.list': { safety: 'safe', scopes: READ, library: 'events.list' },
  'events.move': { safety: 'unsafe', scopes: scopes('events', 'events.owned'), library: 'events.move' },
  'events.patch': { safety: 'idempotent', scopes: WRITE, library: 'events.patch' },
  'events.patchMany': { safety: 'idempotent', scopes: WRITE, library: 'batch' },
  'events.replace': { safety: 'idempotent', scopes: WRITE, library: 'events.update' },
  'events.stop': { safety: 'idempotent', scopes: scopes(...CHANNEL_SCOPES), library: 'channels.stop' },
  // Google refuses a second channel with the same id, which the host would then know nothing of.
  'events.watch': { safety: 'unsafe', scopes: READ, library: 'events.watch' },
  'freeBusy.query': {
    safety: 'safe',
    scopes: scopes('events.freebusy', 'freebusy', 'readonly'),
    library: 'freebusy.query',
  },
};
