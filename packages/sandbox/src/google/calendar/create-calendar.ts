import { createRandom } from '../../random.ts';
import type { GoogleAccount } from '../accounts.ts';
import { CALENDAR_METHODS } from '../api/discovered.ts';
import { bindMethods, type GoogleMethod } from '../api/method.ts';
import type { GoogleCore } from '../core.ts';
import { calendarMethods } from './methods/calendar-methods.ts';
import { eventMethods } from './methods/event-methods.ts';
import { Channels } from './push/channels.ts';
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
  const calendars = new Calendars(() => seedCalendars(core, make));
  const channels = new Channels(core);
  const make: MakeCalendar = (details) => {
    const random = createRandom(`google/${details.id}`);
    const calendar = new CalendarData(details, { clock, random });
    calendar.onChange = () => channels.announce(calendar);
    calendars.add(calendar);
    return calendar;
  };
  const handlers = { ...calendarMethods(calendars), ...eventMethods({ calendars, accounts, channels }) };
  return {
    methods: bindMethods({ api: 'calendar', prefix: 'calendar.', methods: CALENDAR_METHODS }, (id) => ({
      units: UNITS_PER_REQUEST,
      handle: handlers[id],
    })),
    testUser: (account) => createTestUserCalendar({ account, accounts, calendars, make }),
  };
}
