import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { listEvents } from '../list/list-events.ts';
import { listInstances } from '../list/list-instances.ts';
import type { Channels } from '../push/channels.ts';
import type { AccessRole } from '../store/access-role.ts';
import type { Calendars, OpenCalendar } from '../store/calendars.ts';
import { calendarMethod } from './calendar-method.ts';
import { READ_EVENT_SCOPES } from './event-scopes.ts';

const STOP_SCOPES =
  `${READ_EVENT_SCOPES} calendar.acls calendar.acls.readonly calendar.calendarlist ` +
  'calendar.calendarlist.readonly calendar.settings.readonly';

/** Many events: list, instances, and being told when to list again. */
export function eventListRoutes(calendars: Calendars, channels: Channels): GoogleMethod[] {
  const path = '/calendars/{calendarId}/events';
  const open = (call: GoogleCall, minimum: AccessRole): OpenCalendar =>
    calendars.open(call.account, pathParam(call, 'calendarId'), minimum);
  return [
    calendarMethod('events.list', `GET ${path}`, READ_EVENT_SCOPES, (call) =>
      listEvents(call, open(call, 'freeBusyReader')),
    ),
    calendarMethod('events.instances', `GET ${path}/{eventId}/instances`, READ_EVENT_SCOPES, (call) =>
      listInstances(call, open(call, 'freeBusyReader')),
    ),
    calendarMethod('events.watch', `POST ${path}/watch`, READ_EVENT_SCOPES, (call) =>
      channels.open(call, open(call, 'freeBusyReader').calendar, readBody(call)),
    ),
    calendarMethod('channels.stop', 'POST /channels/stop', STOP_SCOPES, (call) =>
      channels.stop(call, readBody(call)),
    ),
  ];
}
