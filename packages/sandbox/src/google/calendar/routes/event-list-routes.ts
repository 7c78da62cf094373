import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { listEvents } from '../list/list-events.ts';
import { listInstances } from '../list/list-instances.ts';
import type { Channels } from '../push/channels.ts';
import type { AccessRole } from '../store/access-role.ts';
import type { Calendars, OpenCalendar } from '../store/calendars.ts';
import { calendarMethod } from './calendar-method.ts';
import { readEventScopes } from './event-scopes.ts';

const stopScopes =
  `${readEventScopes} calendar.acls calendar.acls.readonly calendar.calendarlist ` +
  'calendar.calendarlist.readonly calendar.settings.readonly';

/** Many events: list, instances, and being told when to list again. */
export function eventListRoutes(calendars: Calendars, channels: Channels): GoogleMethod[] {
  const path = '/calendars/{calendarId}/events';
  const open = (call: GoogleCall, minimum: AccessRole): OpenCalendar =>
    calendars.open(call.account, pathParam(call, 'calendarId'), minimum);
  return [
    calendarMethod('events.list', `GET ${path}`, readEventScopes, (call) =>
      listEvents(call, open(call, 'freeBusyReader')),
    ),
    calendarMethod('events.instances', `GET ${path}/{eventId}/instances`, readEventScopes, (call) =>
      listInstances(call, open(call, 'freeBusyReader')),
    ),
    calendarMethod('events.watch', `POST ${path}/watch`, readEventScopes, (call) =>
      channels.open(call, open(call, 'freeBusyReader').calendar, readBody(call)),
    ),
    calendarMethod('channels.stop', 'POST /channels/stop', stopScopes, (call) =>
      channels.stop(call, readBody(call)),
    ),
  ];
}
