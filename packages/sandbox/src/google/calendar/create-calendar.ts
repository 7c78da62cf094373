import { createRandom } from '../../random.ts';
import type { GoogleAccount } from '../accounts.ts';
import type { GoogleMethod } from '../api/method.ts';
import type { GoogleCore } from '../core.ts';
import { type TestUserCalendar, createTestUserCalendar } from './test-user-calendar.ts';
import { Channels } from './push/channels.ts';
import { calendarRoutes } from './routes/calendar-routes.ts';
import { eventListRoutes } from './routes/event-list-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { seedCalendars } from './seed/seed-calendars.ts';
import { CalendarData, type MakeCalendar } from './store/calendar-data.ts';
import { Calendars } from './store/calendars.ts';

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
  return {
    methods: [
      ...calendarRoutes(calendars),
      ...eventListRoutes(calendars, channels),
      ...eventRoutes(calendars, accounts),
    ],
    testUser: (account) => createTestUserCalendar({ account, accounts, calendars, make }),
  };
}
