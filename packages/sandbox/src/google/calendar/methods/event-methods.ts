import type { JsonObject } from '../../../json.ts';
import type { GoogleAccounts } from '../../accounts.ts';
import { checkIfMatch } from '../../api/etags.ts';
import { notFound } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, queryParam, readBody } from '../../api/read-call.ts';
import type { GoogleCore } from '../../core.ts';
import { readQuickText } from '../input/quick-text.ts';
import { listEvents } from '../list/list-events.ts';
import { listInstances } from '../list/list-instances.ts';
import type { Channels } from '../push/channels.ts';
import { eventsOf } from '../push/watched-resources.ts';
import { settleConference } from '../read/conference.ts';
import { eventToWire, readEventView } from '../read/event-to-wire.ts';
import type { AccessRole } from '../store/calendar-data.ts';
import type { Calendars, OpenCalendar } from '../store/calendars.ts';
import { findEvent } from '../store/instances.ts';
import { etagOf, type StoredEvent } from '../store/stored-event.ts';
import { importEvent } from '../write/import-event.ts';
import { insertEvent } from '../write/insert-event.ts';
import { deleteEvent, moveEvent } from '../write/move-event.ts';
import { patchEvent, replaceEvent } from '../write/update-event.ts';
import { readWriteOptions, type Writer } from '../write/writer.ts';

type EventMethod =
  | `events.${'delete' | 'get' | 'import' | 'insert' | 'instances' | 'list' | 'move' | 'patch' | 'quickAdd' | 'update' | 'watch'}`
  | 'channels.stop';

/** Events: read, written, listed, and announced on channels. */
export function eventMethods({
  calendars,
  accounts,
  channels,
  secondImport,
}: {
  calendars: Calendars;
  accounts: GoogleAccounts;
  channels: Channels;
  secondImport: GoogleCore['secondImport'];
}): Record<EventMethod, GoogleMethod['handle']> {
  return {
    'events.get': get,
    'events.insert': insert,
    'events.import': (call) => {
      const writer = writerFor(call);
      return answer(call, importEvent(writer, readBody(call), secondImport), writer.calendar);
    },
    'events.quickAdd': (call) => {
      const writer = writerFor(call);
      const body = readQuickText(queryParam(call, 'text'), writer.calendar);
      return answer(call, insertEvent(writer, body), writer.calendar);
    },
    'events.patch': (call) => change(call, patchEvent),
    'events.update': (call) => change(call, replaceEvent),
    'events.delete': remove,
    'events.move': move,
    'events.list': (call) => listEvents(call, open(call, 'freeBusyReader')),
    'events.instances': (call) => listInstances(call, open(call, 'freeBusyReader')),
    'events.watch': (call) =>
      channels.open(call, eventsOf(open(call, 'freeBusyReader').calendar.id), readBody(call)),
    'channels.stop': (call) => channels.stop(call, readBody(call)),
  };

  function open(call: GoogleCall, minimum: AccessRole): OpenCalendar {
    return calendars.open(call.account, pathParam(call, 'calendarId'), minimum);
  }

  function writerFor(call: GoogleCall): Writer {
    const { calendar } = open(call, 'writerWithoutPrivateAccess');
    const options = readWriteOptions(call);
    return { account: call.account, calendar, options, anything: false, accounts, calendars };
  }

  function get(call: GoogleCall): JsonObject {
    const { calendar, role } = open(call, 'freeBusyReader');
    const event = eventOf(call, calendar);
    settleConference(calendar, event);
    return eventToWire(event, calendar, readEventView(call, role));
  }

  function insert(call: GoogleCall): JsonObject {
    const writer = writerFor(call);
    return answer(call, insertEvent(writer, readBody(call)), writer.calendar);
  }

  function change(
    call: GoogleCall,
    apply: (writer: Writer, event: StoredEvent, body: JsonObject) => StoredEvent,
  ): JsonObject {
    const writer = writerFor(call);
    const event = eventOf(call, writer.calendar);
    checkIfMatch(call, etagOf(event));
    return answer(call, apply(writer, event, readBody(call)), writer.calendar);
  }

  function remove(call: GoogleCall): undefined {
    const writer = writerFor(call);
    const event = eventOf(call, writer.calendar);
    checkIfMatch(call, etagOf(event));
    deleteEvent(writer, event);
  }

  function move(call: GoogleCall): JsonObject {
    const writer = writerFor(call);
    const destination = call.request.query.get('destination') ?? '';
    const target = calendars.open(call.account, destination, 'writer').calendar;
    return answer(call, moveEvent(writer, eventOf(call, writer.calendar), target), target);
  }

  function answer(call: GoogleCall, event: StoredEvent, calendar: OpenCalendar['calendar']): JsonObject {
    const { role } = calendars.open(call.account, calendar.id, 'writerWithoutPrivateAccess');
    return eventToWire(event, calendar, readEventView(call, role));
  }
}

function eventOf(call: GoogleCall, calendar: OpenCalendar['calendar']): StoredEvent {
  const event = findEvent(calendar, pathParam(call, 'eventId'));
  if (!event || event.purged === 404) throw notFound();
  return event;
}
