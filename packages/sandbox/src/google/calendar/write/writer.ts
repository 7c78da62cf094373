import { stringOf } from '../../../json.ts';
import type { GoogleAccount, GoogleAccounts } from '../../accounts.ts';
import { invalid } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryChoice, queryFlag, queryInteger } from '../../api/read-call.ts';
import { attendeesOf } from '../input/attendees.ts';
import type { CalendarData, SentMail } from '../store/calendar-data.ts';
import type { Calendars } from '../store/calendars.ts';
import type { StoredEvent } from '../store/stored-event.ts';

/** Who writes where, and how. */
export interface Writer {
  readonly account: GoogleAccount;
  readonly calendar: CalendarData;
  readonly options: WriteOptions;
  /** As the organizer may, whoever that is. */
  readonly anything: boolean;
  readonly accounts: GoogleAccounts;
  /** Where copies of meetings go; without it, none are made. */
  readonly calendars?: Calendars | undefined;
}

/** What the query of a write says. */
export interface WriteOptions {
  /** Who gets a mail. Default: no one. */
  readonly sendUpdates: 'all' | 'externalOnly' | 'none';
  /** Without it the caller knows nothing of conferences. */
  readonly conferences: boolean;
  readonly attachments: boolean;
}

export function readWriteOptions(call: GoogleCall): WriteOptions {
  const sendUpdates = queryChoice(call, 'sendUpdates', ['all', 'externalOnly', 'none'] as const);
  const everybody = queryFlag(call, 'sendNotifications');
  return {
    sendUpdates: sendUpdates ?? (everybody ? 'all' : 'none'),
    conferences: readVersion(call, 'conferenceDataVersion') === 1,
    attachments: queryFlag(call, 'supportsAttachments'),
  };
}

function readVersion(call: GoogleCall, name: string): number {
  const version = queryInteger(call, name, 0) ?? 0;
  if (version > 1) throw invalid(`Invalid value '${version}'. Values must be within the range: [0, 1]`, name);
  return version;
}

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
