import { stringOf } from '../../../json.ts';
import { attendeesOf } from '../input/attendees.ts';
import type { SentMail } from '../store/sent-mail.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import type { Writer } from './writer.ts';

/** Records who got mail: guests other than the writer; with `externalOnly`, only those outside Google. */
export function notifyGuests(
  { account, calendar, options, accounts }: Writer,
  event: StoredEvent,
  kind: SentMail['kind'],
): void {
  if (options.sendUpdates === 'none') return;
  const to = attendeesOf(event.fields)
    .map(({ email }) => stringOf(email))
    .filter((email) => email !== account.email && email !== calendar.id)
    .filter((email) => options.sendUpdates === 'all' || !accounts.find(email));
  if (to.length > 0) calendar.sentMail.push({ kind, calendarId: calendar.id, eventId: event.id, to });
}
