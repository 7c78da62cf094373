import type { Surroundings } from '../sandbox-base.ts';
import type { GoogleAccounts } from './accounts.ts';
import type { GoogleBehavior } from './behavior.ts';
import type { MailRules } from './gmail/mail/mend-mail.ts';
import type { PushSender } from './push/push-sender.ts';

/** What Calendar, Gmail and Pub/Sub share. */
export interface GoogleCore extends Surroundings {
  readonly accounts: GoogleAccounts;
  readonly channels: Pick<GoogleBehavior, 'maxChannelSeconds' | 'showsChannelExpiration'>;
  readonly secondImport: NonNullable<GoogleBehavior['secondImport']>;
  /** Mails that one user may send in 24 hours. */
  readonly sendsPerDay: number;
  readonly mailRules: MailRules;
  /** Sends every notification and remembers each attempt. */
  readonly push: PushSender;
}
