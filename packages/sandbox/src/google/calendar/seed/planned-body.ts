import type { JsonObject } from '../../../json.ts';
import type { PlannedEvent } from './demo-plan.ts';

const DAY_MS = 86_400_000;

/** An event of the plan in the API's words; `monday` is a UTC midnight. */
export function plannedBody(planned: PlannedEvent, monday: number, timeZone: string): JsonObject {
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
