import { attendeesOf } from '../input/attendees.ts';
import { textOf } from '../input/text-of.ts';
import type { Notice } from '../store/notice.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import type { Writer } from './writer.ts';

/** Notes who got a mail: guests other than the writer; with `externalOnly` those who are not at Google. */
export function notifyGuests(
  { account, calendar, options, accounts }: Writer,
  event: StoredEvent,
  kind: Notice['kind'],
): void {
  if (options.sendUpdates === 'none') return;
  const to = attendeesOf(event.fields)
    .map(({ email }) => textOf(email))
    .filter((email) => email !== account.email && email !== calendar.id)
    .filter((email) => options.sendUpdates === 'all' || !accounts.find(email));
  if (to.length > 0) calendar.notices.push({ kind, calendarId: calendar.id, eventId: event.id, to });
}
