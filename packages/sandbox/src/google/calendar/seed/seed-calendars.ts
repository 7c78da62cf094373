import type { JsonObject } from '../../../json.ts';
import { DAY_MS } from '../../../time/clock.ts';
import { toWallTime } from '../../../time/zoned-time.ts';
import type { GoogleAccount } from '../../accounts.ts';
import type { GoogleCore } from '../../core.ts';
import type { CalendarData, MakeCalendar } from '../store/calendar-data.ts';
import { insertEvent } from '../write/insert-event.ts';
import { deleteEvent } from '../write/move-event.ts';
import { CLIMBING_PLAN, COLLEAGUE_PLAN, type PlannedEvent, PRIMARY_PLAN } from './demo-plan.ts';

const TIME_ZONE = 'Europe/Berlin';

/**
 * A primary calendar for each account. In the demo the first account has two weeks of events around now, a second calendar
 * of its own, and reads the calendar of the second account.
 */
export function seedCalendars(
  core: GoogleCore,
  make: MakeCalendar,
  share: (calendar: CalendarData, email: string) => void,
): void {
  const primaries = core.accounts.all.map((owner) =>
    make({ id: owner.email, summary: owner.email, timeZone: TIME_ZONE, owner }),
  );
  const [primary, shared] = primaries;
  if (core.seed !== 'demo' || !primary) return;
  const { owner } = primary;
  fill(core, primary, PRIMARY_PLAN);
  fill(core, make({ id: CLIMBING_ID, summary: 'Klettern', timeZone: TIME_ZONE, owner }), CLIMBING_PLAN);
  if (!shared) return;
  share(shared, owner.email);
  fill(core, shared, COLLEAGUE_PLAN);
}

const CLIMBING_ID = 'c_9b1deb4d3b7d4bad@group.calendar.google.com';

function fill({ accounts, clock }: GoogleCore, calendar: CalendarData, plan: readonly PlannedEvent[]): void {
  const options = { sendUpdates: 'none', conferences: true, attachments: true } as const;
  const account: GoogleAccount = calendar.owner;
  const writer = { account, calendar, options, anything: true, accounts };
  const monday = mondayOf(clock.now());
  for (const planned of plan) {
    const event = insertEvent(writer, plannedBody(planned, monday, TIME_ZONE));
    if (planned.cancelled) deleteEvent(writer, event);
  }
}

/** The Monday of the week, as the UTC instant with the same date. */
function mondayOf(now: number): number {
  const today = Math.floor(toWallTime(now, TIME_ZONE) / DAY_MS);
  const sinceMonday = (((today + 3) % 7) + 7) % 7;
  return (today - sinceMonday) * DAY_MS;
}

/** An event of the plan in the API's words; `monday` is a UTC midnight. */
function plannedBody(planned: PlannedEvent, monday: number, timeZone: string): JsonObject {
  const { day, at, minutes, days, guests, summary, ...rest } = planned;
  const midnight = monday + day * DAY_MS;
  const { cancelled: _, ...fields } = rest;
  return {
    summary,
    ...(at === undefined
      ? { start: { date: dateOf(midnight) }, end: { date: dateOf(midnight + (days ?? 1) * DAY_MS) } }
      : {
          start: { dateTime: timeOf(midnight, at, 0), timeZone },
          end: { dateTime: timeOf(midnight, at, minutes ?? 30), timeZone },
        }),
    ...(guests && { attendees: guests.map((email) => ({ email, responseStatus: 'accepted' })) }),
    ...fields,
  };
}

function timeOf(midnight: number, at: string, plusMinutes: number): string {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return new Date(midnight + (hours * 60 + minutes + plusMinutes) * 60_000).toISOString().slice(0, 19);
}

function dateOf(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}
