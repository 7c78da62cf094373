import type { GoogleAccount, GoogleAccounts } from '../../accounts.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { WriteOptions } from './write-options.ts';

/** Who writes where, and how. */
export interface Writer {
  readonly account: GoogleAccount;
  readonly calendar: CalendarData;
  readonly options: WriteOptions;
  /** As the organizer may, whoever that is. */
  readonly anything: boolean;
  readonly accounts: GoogleAccounts;
}
