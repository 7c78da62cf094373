import type { JsonObject } from '../../../json.ts';
import { checkIfMatch } from '../../api/etags.ts';
import { invalid, notFound, required } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, queryFlag, readBody } from '../../api/read-call.ts';
import { mergePatch } from '../input/merge-patch.ts';
import { listCalendars } from '../list/list-calendars.ts';
import type { Channels } from '../push/channels.ts';
import { listOf } from '../push/watched-resources.ts';
import { calendarEtag, entryToWire } from '../read/calendar-to-wire.ts';
import { COLORS } from '../read/colors.ts';
import type { Calendars, ListedCalendar } from '../store/calendars.ts';

type ListMethod = `calendarList.${'delete' | 'get' | 'insert' | 'list' | 'patch' | 'update' | 'watch'}`;

/** What a user can set on an entry. */
const WRITABLE: ReadonlySet<string> = new Set([
  'backgroundColor',
  'colorId',
  'defaultReminders',
  'foregroundColor',
  'hidden',
  'notificationSettings',
  'selected',
  'summaryOverride',
]);

/** The user's list of calendars. */
export function listMethods({
  calendars,
  channels,
}: {
  calendars: Calendars;
  channels: Channels;
}): Record<ListMethod, GoogleMethod['handle']> {
  return {
    'calendarList.get': (call) => entryToWire(entryOf(call)),
    'calendarList.list': (call) => listCalendars(call, calendars),
    'calendarList.insert': insert,
    'calendarList.patch': (call) => change(call, entryOf(call).entry.fields),
    'calendarList.update': (call) => change(call, {}),
    'calendarList.delete': (call) => {
      const { calendar, entry } = entryOf(call);
      checkIfMatch(call, calendarEtag(calendar, entry));
      // The user's own primary calendar stays on the list.
      if (calendar.id === call.account.email) throw invalid('The primary calendar cannot be removed.');
      calendars.listOf(call.account.email).remove(calendar.id);
    },
    'calendarList.watch': (call) => channels.open(call, listOf(call.account.email), readBody(call)),
  };

  function entryOf(call: GoogleCall): ListedCalendar {
    return listed(call, pathParam(call, 'calendarId'));
  }

  function listed({ account }: GoogleCall, id: string): ListedCalendar {
    const open = calendars.find(account, id);
    const entry = open && calendars.listOf(account.email).find(open.calendar.id);
    if (!open || !entry) throw notFound();
    return { ...open, entry };
  }

  /** Adds a calendar that the user may see. One that is on the list already keeps its place. */
  function insert(call: GoogleCall): JsonObject {
    const { id, ...body } = readBody(call);
    if (typeof id !== 'string') throw required('Missing calendar id.', 'id');
    const { calendar } = calendars.open(call.account, id, 'freeBusyReader');
    const list = calendars.listOf(call.account.email);
    const before = list.find(calendar.id)?.fields ?? {};
    list.put(calendar.id, mergePatch(before, writable(call, body)));
    return entryToWire(listed(call, calendar.id));
  }

  function change(call: GoogleCall, before: JsonObject): JsonObject {
    const { calendar, entry } = entryOf(call);
    checkIfMatch(call, calendarEtag(calendar, entry));
    const fields = mergePatch(before, writable(call, readBody(call)));
    calendars.listOf(call.account.email).put(calendar.id, fields);
    return entryToWire(listed(call, calendar.id));
  }
}

/** The colors follow from `colorId`, unless `colorRgbFormat` says that they are meant themselves. */
function writable(call: GoogleCall, body: JsonObject): JsonObject {
  const fields = Object.fromEntries(Object.entries(body).filter(([name]) => WRITABLE.has(name)));
  const hasColors = fields['backgroundColor'] !== undefined || fields['foregroundColor'] !== undefined;
  if (hasColors && !queryFlag(call, 'colorRgbFormat')) {
    throw invalid('Colors can be set with colorRgbFormat only.', 'colorRgbFormat');
  }
  const { colorId } = fields;
  if (typeof colorId !== 'string' || hasColors) return fields;
  const color = COLORS.calendar[colorId];
  if (color === undefined) throw invalid(`Invalid color id '${colorId}'.`, 'colorId');
  return { ...fields, backgroundColor: color.background, foregroundColor: color.foreground };
}
