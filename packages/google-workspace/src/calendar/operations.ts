import type { Service, ServiceCall } from '@context-sdk/oauth-core/client-kit';
import type { GoogleOperation, LibraryRequest } from '../wire.ts';

/** The requests of {@link GoogleCalendarClient}, by the method that each belongs to. */
export type CalendarOperationName =
  | 'acl.create'
  | 'acl.delete'
  | 'acl.get'
  | 'acl.list'
  | 'acl.patch'
  | 'calendarList.insert'
  | 'calendarList.patch'
  | 'calendarList.remove'
  | 'calendarList.sync'
  | 'calendarList.watch'
  | 'calendars.clear'
  | 'calendars.create'
  | 'calendars.delete'
  | 'calendars.get'
  | 'calendars.list'
  | 'calendars.patch'
  | 'colors.get'
  | 'events.create'
  | 'events.createMany'
  | 'events.delete'
  | 'events.deleteMany'
  | 'events.get'
  | 'events.import'
  | 'events.instances'
  | 'events.list'
  | 'events.move'
  | 'events.patch'
  | 'events.patchMany'
  | 'events.quickAdd'
  | 'events.replace'
  | 'events.stop'
  | 'events.watch'
  | 'freeBusy.query'
  | 'settings.get'
  | 'settings.list';

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
  'acl.create': { safety: 'idempotent', scopes: scopes('acls'), library: 'acl.insert' },
  'acl.delete': { safety: 'idempotent', scopes: scopes('acls'), library: 'acl.delete' },
  'acl.get': { safety: 'safe', scopes: scopes('acls', 'acls.readonly', 'readonly'), library: 'acl.get' },
  'acl.list': { safety: 'safe', scopes: scopes('acls', 'acls.readonly'), library: 'acl.list' },
  'acl.patch': { safety: 'idempotent', scopes: scopes('acls'), library: 'acl.patch' },
  'calendarList.insert': {
    safety: 'idempotent',
    scopes: scopes('calendarlist'),
    library: 'calendarList.insert',
  },
  'calendarList.patch': {
    safety: 'idempotent',
    scopes: scopes('app.created', 'calendarlist'),
    library: 'calendarList.patch',
  },
  'calendarList.remove': {
    safety: 'idempotent',
    scopes: scopes('app.created', 'calendarlist'),
    library: 'calendarList.delete',
  },
  'calendarList.sync': { safety: 'safe', scopes: LIST, library: 'calendarList.list' },
  'calendarList.watch': { safety: 'unsafe', scopes: LIST, library: 'calendarList.watch' },
  'calendars.clear': { safety: 'idempotent', scopes: scopes('calendars'), library: 'calendars.clear' },
  'calendars.create': {
    safety: 'unsafe',
    scopes: scopes('app.created', 'calendars'),
    library: 'calendars.insert',
  },
  'calendars.delete': {
    safety: 'idempotent',
    scopes: scopes('app.created', 'calendars'),
    library: 'calendars.delete',
  },
  'calendars.get': {
    safety: 'safe',
    scopes: scopes(...LIST_SCOPES, 'app.created'),
    library: 'calendarList.get',
  },
  'calendars.list': { safety: 'safe', scopes: LIST, library: 'calendarList.list' },
  'calendars.patch': {
    safety: 'idempotent',
    scopes: scopes('app.created', 'calendars'),
    library: 'calendars.patch',
  },
  'colors.get': {
    safety: 'safe',
    scopes: scopes(
      'app.created',
      'calendarlist',
      'calendarlist.readonly',
      'events.freebusy',
      'events.owned',
      'events.owned.readonly',
      'events.public.readonly',
      'readonly',
    ),
    library: 'colors.get',
  },
  // Every event gets its id before it is sent, so Google refuses a second one.
  'events.create': { safety: 'idempotent', scopes: WRITE, library: 'events.insert' },
  'events.createMany': { safety: 'idempotent', scopes: WRITE, library: 'batch' },
  'events.delete': { safety: 'idempotent', scopes: WRITE, library: 'events.delete' },
  'events.deleteMany': { safety: 'idempotent', scopes: WRITE, library: 'batch' },
  'events.get': { safety: 'safe', scopes: READ, library: 'events.get' },
  'events.import': { safety: 'idempotent', scopes: WRITE, library: 'events.import' },
  'events.instances': { safety: 'safe', scopes: READ, library: 'events.instances' },
  'events.list': { safety: 'safe', scopes: READ, library: 'events.list' },
  'events.move': { safety: 'unsafe', scopes: scopes('events', 'events.owned'), library: 'events.move' },
  'events.patch': { safety: 'idempotent', scopes: WRITE, library: 'events.patch' },
  'events.patchMany': { safety: 'idempotent', scopes: WRITE, library: 'batch' },
  'events.quickAdd': { safety: 'unsafe', scopes: WRITE, library: 'events.quickAdd' },
  'events.replace': { safety: 'idempotent', scopes: WRITE, library: 'events.update' },
  'events.stop': { safety: 'idempotent', scopes: scopes(...CHANNEL_SCOPES), library: 'channels.stop' },
  // Google refuses a second channel with the same id, which the host would then know nothing of.
  'events.watch': { safety: 'unsafe', scopes: READ, library: 'events.watch' },
  'freeBusy.query': {
    safety: 'safe',
    scopes: scopes('events.freebusy', 'freebusy', 'readonly'),
    library: 'freebusy.query',
  },
  'settings.get': {
    safety: 'safe',
    scopes: scopes('readonly', 'settings.readonly'),
    library: 'settings.get',
  },
  'settings.list': {
    safety: 'safe',
    scopes: scopes('readonly', 'settings.readonly'),
    library: 'settings.list',
  },
};
