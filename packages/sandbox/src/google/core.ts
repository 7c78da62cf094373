import type { Clock } from '../clock.ts';
import type { Sleep } from '../sleep.ts';
import type { Seed } from '../ticktick/seed/seed-account.ts';
import type { GoogleAccounts } from './accounts.ts';
import type { PushSender } from './push/push-sender.ts';

/** What Calendar, Gmail and Pub/Sub share. */
export interface GoogleCore {
  readonly accounts: GoogleAccounts;
  readonly seed: Seed;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Sends every notification and remembers each attempt. */
  readonly push: PushSender;
}
