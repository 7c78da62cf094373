/** Compiled by `npm run types`, never run: what the public types promise, in both directions. */
import type {
  CalendarBusy,
  CalendarEvent,
  CalendarPushEvent,
  Channel,
  GoogleCalendarClient,
  WorkingHours,
} from '@context-sdk/google-workspace';
import { QUIET } from './times.ts';

export function events(client: GoogleCalendarClient, event: CalendarEvent): void {
  const start = { dateTime: new Date(), timeZone: 'Europe/Zurich' };
  void client.events.create({ start, end: { date: '2026-11-24' }, summary: undefined });
  void (client.events.get('a') satisfies Promise<CalendarEvent>);
  // @ts-expect-error What is looked for may not be there.
  void (client.events.find('a') satisfies Promise<CalendarEvent>);
  void client.events.patch(event.id, { description: null }, { ...QUIET, ifMatch: event.etag });
  // @ts-expect-error Who hears of a change has to be said.
  void client.events.patch('a', { summary: 'x' }, {});
  // @ts-expect-error And of a deletion, too.
  void client.events.delete('a');
  // @ts-expect-error A new event has nothing to clear.
  void client.events.create({ start, end: start, description: null });
  // @ts-expect-error An event ends.
  void client.events.create({ start });
  // @ts-expect-error The client keeps the token.
  void client.events.list({ syncToken: 'x' });
  // @ts-expect-error Of a deleted event there is no start.
  event.start.toString();
}

export function busy(calendar: CalendarBusy): string {
  // @ts-expect-error What is unknown has no busy times, and is not free.
  void calendar.busy.length;
  return calendar.busy ? String(calendar.busy[0]?.start) : calendar.errors.join();
}

export function channels(channel: Channel, event: CalendarPushEvent): number {
  // @ts-expect-error A notification does not tell what changed.
  void event.data.eventId;
  return event.type === 'sync' ? channel.expiration : event.data.messageNumber + event.id.length;
}

export const HOURS: WorkingHours = { mon: [['09:00', '12:00']] };
// @ts-expect-error There is no such day.
export const NO_HOURS: WorkingHours = { monday: [['09:00', '12:00']] };
