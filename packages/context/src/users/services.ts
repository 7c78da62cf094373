import type { AdoClient } from '@context-sdk/ado-client';
import type { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { TickTickClient } from '@context-sdk/ticktick-client';

/** A user's clients, as operations across services use them. */
export interface Services {
  readonly ticktick: TickTickClient;
  readonly calendar: GoogleCalendarClient;
  readonly gmail: GmailClient;
  azureDevOps(): Promise<AdoClient>;
}
