import type { JsonObject } from '../../../json.ts';
import { invalid, notFound } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, queryParam, readBody } from '../../api/read-call.ts';
import { pageOf } from '../list/position.ts';
import type { Channels } from '../push/channels.ts';
import { settingsOf } from '../push/watched-resources.ts';
import { colorsToWire } from '../read/colors.ts';
import type { Calendars } from '../store/calendars.ts';

type SettingMethod = `settings.${'get' | 'list' | 'watch'}` | 'colors.get';

/** Google's defaults: https://developers.google.com/workspace/calendar/api/v3/reference/settings. */
const SETTINGS: Readonly<Record<string, string>> = {
  autoAddHangouts: 'false',
  dateFieldOrder: 'DMY',
  defaultEventLength: '60',
  format24HourTime: 'true',
  hideInvitations: 'false',
  hideWeekends: 'false',
  locale: 'en',
  remindOnRespondedEventsOnly: 'false',
  showDeclinedEvents: 'true',
  useKeyboardShortcuts: 'true',
  weekStart: '1',
};

/** A user's settings, which only Google's own apps change, and the colors. */
export function settingMethods({
  calendars,
  channels,
}: {
  calendars: Calendars;
  channels: Channels;
}): Record<SettingMethod, GoogleMethod['handle']> {
  return {
    'settings.get': (call) => {
      const id = pathParam(call, 'setting');
      const value = valuesFor(call)[id];
      if (value === undefined) throw notFound();
      return settingToWire(id, value);
    },
    'settings.list': list,
    'settings.watch': (call) => channels.open(call, settingsOf(call.account.email), readBody(call)),
    'colors.get': colorsToWire,
  };

  function valuesFor({ account }: GoogleCall): Readonly<Record<string, string>> {
    return { ...SETTINGS, timezone: calendars.open(account, 'primary', 'owner').calendar.timeZone };
  }

  /** Nothing changes settings here, so a sync token has nothing to report. */
  function list(call: GoogleCall): JsonObject {
    const token = queryParam(call, 'syncToken');
    if (token !== undefined && token !== SYNC_TOKEN) throw invalid('Invalid sync token value.', 'syncToken');
    const values = token === undefined ? Object.entries(valuesFor(call)) : [];
    return {
      kind: 'calendar#settings',
      etag: '"0"',
      ...pageOf(
        call,
        values.map(([id, value]) => settingToWire(id, value)),
        SYNC_TOKEN,
      ),
    };
  }
}

const SYNC_TOKEN = 'c2V0dGluZ3M=';

function settingToWire(id: string, value: string): JsonObject {
  return { kind: 'calendar#setting', etag: '"0"', id, value };
}
