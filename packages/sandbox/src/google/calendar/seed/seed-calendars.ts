import { toWallTime } from '../../../ticktick/time/zoned-time.ts';
import type { GoogleAccount } from '../../accounts.ts';
import type { GoogleCore } from '../../core.ts';
import type { CalendarData, MakeCalendar } from '../store/calendar-data.ts';
import { deleteEvent } from '../write/delete-event.ts';
import { insertEvent } from '../write/insert-event.ts';
import { climbingPlan, colleaguePlan, type PlannedEvent, primaryPlan } from './demo-plan.ts';
import { plannedBody } from './planned-body.ts';

const timeZone = 'Europe/Berlin';
const dayMs = 86_400_000;

/**
 * A primary calendar for everybody. In the demo the first account has two weeks of events around now, a second calendar
 * of its own, and reads the calendar of the second account.
 */
export function seedCalendars(core: GoogleCore, make: MakeCalendar): void {
  const primaries = core.accounts.all.map((owner) =>
    make({ id: owner.email, summary: owner.email, timeZone, owner }),
  );
  const [primary, shared] = primaries;
  if (core.seed !== 'demo' || !primary) return;
  const { owner } = primary;
  fill(core, primary, primaryPlan);
  fill(core, make({ id: climbingId, summary: 'Klettern', timeZone, owner }), climbingPlan);
  if (!shared) return;
  shared.access.set(owner.email, 'reader');
  fill(core, shared, colleaguePlan);
}

const climbingId = 'c_9b1deb4d3b7d4bad@group.calendar.google.com';

function fill({ accounts, clock }: GoogleCore, calendar: CalendarData, plan: readonly PlannedEvent[]): void {
  const options = { sendUpdates: 'none', conferences: true, attachments: true } as const;
  const account: GoogleAccount = calendar.owner;
  const writer = { account, calendar, options, anything: true, accounts };
  const monday = mondayOf(clock.now());
  for (const planned of plan) {
    const event = insertEvent(writer, plannedBody(planned, monday, timeZone));
    if (planned.cancelled) deleteEvent(writer, event);
  }
}

/** The Monday of the week, as the UTC instant with the same date. */
function mondayOf(now: number): number {
  const today = Math.floor(toWallTime(now, timeZone) / dayMs);
  const sinceMonday = (((today + 3) % 7) + 7) % 7;
  return (today - sinceMonday) * dayMs;
}
