import { createRandom } from '../../random.ts';
import type { GoogleAccount } from '../accounts.ts';
import { CALENDAR_METHODS } from '../api/discovered.ts';
import { bindMethods, type GoogleMethod } from '../api/method.ts';
import type { GoogleCore } from '../core.ts';
import { aclMethods } from './methods/acl-methods.ts';
import { calendarMethods } from './methods/calendar-methods.ts';
import { eventMethods } from './methods/event-methods.ts';
import { listMethods } from './methods/list-methods.ts';
import { settingMethods } from './methods/setting-methods.ts';
import { Channels } from './push/channels.ts';
import { eventsOf, listOf } from './push/watched-resources.ts';
import { seedCalendars } from './seed/seed-calendars.ts';
import { CalendarData, type MakeCalendar } from './store/calendar-data.ts';
import { Calendars } from './store/calendars.ts';
import { createTestUserCalendar, type TestUserCalendar } from './test-user-calendar.ts';

/** Whatever the method: https://developers.google.com/workspace/calendar/api/guides/quota. */
const UNITS_PER_REQUEST = 1;

/** Calendar: its methods, and the handle for tests. */
export function createCalendar(core: GoogleCore): {
  methods: readonly GoogleMethod[];
  testUser(account: GoogleAccount): TestUserCalendar;
} {
  const { accounts, clock } = core;
  const channels = new Channels(core);
  const calendars = new Calendars(
    () => seedCalendars(core, make, (calendar, email) => calendars.share(calendar, email, 'reader')),
    (email) => channels.announce(listOf(email).key),
  );
  const make: MakeCalendar = (details) => {
    const random = createRandom(`google/${details.id}`);
    const calendar = new CalendarData(details, { clock, random });
    calendar.onChange = () => channels.announce(eventsOf(calendar.id).key);
    calendars.add(calendar);
    return calendar;
  };
  const handlers = {
    ...calendarMethods({ calendars, make }),
    ...listMethods({ calendars, channels }),
    ...aclMethods({ calendars, channels }),
    ...settingMethods({ calendars, channels }),
    ...eventMethods({ calendars, accounts, channels, secondImport: core.secondImport }),
  };
  return {
    methods: bindMethods({ api: 'calendar', prefix: 'calendar.', methods: CALENDAR_METHODS }, (id) => ({
      units: UNITS_PER_REQUEST,
      handle: handlers[id],
    })),
    testUser: (account) => createTestUserCalendar({ account, accounts, calendars, make }),
  };
}
