/** Compiled by `npm run types`, never run: what the public types promise, in both directions. */
import { createReadStream } from 'node:fs';
import {
  type CalendarBusy,
  type CalendarEvent,
  type CalendarPushEvent,
  type Channel,
  type Draft,
  type GmailClient,
  type GmailPushEvent,
  type GoogleCalendarClient,
  type Mail,
  type MailboxChanges,
  type Message,
  parseGmailPush,
  replyTo,
  type WorkingHours,
} from '@context-sdk/google-workspace';
import { QUIET } from './calendar/times.ts';

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

export function mails(client: GmailClient, original: Message): void {
  const attachments = [
    { filename: 'a.pdf', content: createReadStream('a.pdf'), contentId: undefined },
    { filename: 'b', content: new Blob([]) },
    { filename: 'c', content: Buffer.from('') },
    { filename: 'd', content: new Response('').body ?? '' },
  ];
  const mail: Mail = {
    to: ['a@b.example', { address: 'c@d.example' }],
    cc: undefined,
    subject: '',
    attachments,
  };
  void (client.drafts.create({ ...mail, ...replyTo(original) }) satisfies Promise<Draft>);
  // @ts-expect-error A mail has a subject, if an empty one.
  void client.messages.send({ to: 'a@b.example' });
  // @ts-expect-error No file is read by its name.
  void client.messages.send({ subject: '', attachments: [{ filename: 'a', path: '/etc/passwd' }] });
  // @ts-expect-error A thread has no raw form.
  void client.threads.get('t', { format: 'raw' });
  // @ts-expect-error Drafts have no labels to choose by.
  void client.drafts.list({ labelIds: ['INBOX'] });
  void client.messages.list({ q: 'x', signal: undefined });
}

export function changes(changed: MailboxChanges): string {
  // @ts-expect-error Where the state has expired there are no changes.
  void changed.changes;
  return changed.expired ? changed.historyId : changed.changes.map(({ id }) => id).join();
}

export async function pushes(request: Request, body: unknown): Promise<GmailPushEvent> {
  // @ts-expect-error Whose push it has to be must be said.
  void parseGmailPush(request, { audience: 'https://host.example' });
  const event = await parseGmailPush({ headers: {}, body }, { audience: 'a', serviceAccount: 's' });
  return event.data.historyId.length > event.id.length ? event : { ...event, at: 1 };
}

/** Of a form that may be left empty: under `exactOptionalPropertyTypes`, too, what is undefined counts as left out. */
export function ofAForm(
  client: GoogleCalendarClient,
  { text, minutes, isOptional }: { text?: string; minutes?: number; isOptional?: boolean },
): void {
  const start = { dateTime: new Date(), timeZone: text };
  const attendees = [{ email: text, displayName: text, comment: text, optional: isOptional }];
  const reminders = { useDefault: isOptional, overrides: [{ method: text, minutes }] };
  const extendedProperties = { private: undefined, shared: undefined };
  void client.events.create({ start, end: start, attendees, reminders, extendedProperties }, QUIET);
  void client.events.patch('a', { start: undefined, attendees, source: { title: text, url: text } }, QUIET);
  void client.calendars.patch('a', { summary: text, description: text });
}
