import type { JsonObject } from '../../../json.ts';
import { invalid, notFound, timeRangeEmpty } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { pathParam, queryFlag, queryParam } from '../../api/read-call.ts';
import { listedToWire, readEventView } from '../read/event-to-wire.ts';
import type { OpenCalendar } from '../store/calendars.ts';
import { HORIZON_MS, instancesOf } from '../store/instances.ts';
import { isRecurring } from '../store/stored-event.ts';
import { instantOf, type Moment } from '../time/moment.ts';
import { collectionToWire } from './collection-to-wire.ts';
import { readPageSize, readTime } from './list-query.ts';
import { firstPage, laterPage } from './pages.ts';

/** `events.instances`. Here `timeMin` is inclusive, unlike in `events.list`. */
export function listInstances(call: GoogleCall, open: OpenCalendar): JsonObject {
  const { calendar } = open;
  const parameters = `${pathParam(call, 'eventId')} ${queryParam(call, 'timeMin')} ${queryParam(call, 'timeMax')}`;
  const pageToken = queryParam(call, 'pageToken');
  const size = readPageSize(call);
  const page =
    pageToken === undefined
      ? firstPage(calendar, { items: collect(call, open), parameters, nextSyncToken: undefined }, size)
      : laterPage(calendar, pageToken, parameters, size);
  return { ...collectionToWire(open), ...page, items: [...page.items] };
}

function collect(call: GoogleCall, { calendar, role }: OpenCalendar): JsonObject[] {
  const master = calendar.events.get(pathParam(call, 'eventId'));
  if (!master) throw notFound();
  if (!isRecurring(master)) throw invalid('Only recurring events have instances.');
  const timeMin = readTime(call, 'timeMin') ?? Number.NEGATIVE_INFINITY;
  const timeMax = readTime(call, 'timeMax') ?? calendar.now() + HORIZON_MS;
  if (timeMax <= timeMin) throw timeRangeEmpty();
  const view = readEventView(call, role);
  const isOriginal = readOriginalStart(call, calendar.timeZone);
  const zone = calendar.timeZone;
  return instancesOf(calendar, master, timeMax)
    .filter(({ status }) => status !== 'cancelled' || queryFlag(call, 'showDeleted'))
    .filter(({ start, end }) => instantOf(end, zone) >= timeMin && instantOf(start, zone) < timeMax)
    .filter(({ series }) => series === undefined || isOriginal(series.originalStart))
    .map((event) => listedToWire(event, calendar, view));
}

/** A day, for series of days, or an instant: in the discovery document it is a text, not a time. */
function readOriginalStart(call: GoogleCall, zone: string): (start: Moment) => boolean {
  const text = queryParam(call, 'originalStart');
  if (text === undefined) return () => true;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return (start) => 'date' in start && start.date === text;
  const instant = readTime(call, 'originalStart');
  return (start) => instantOf(start, zone) === instant;
}
