import type { AdoClient } from '@context-sdk/ado-client';
import type { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { TickTickClient } from '@context-sdk/ticktick-client';
import type { ContextEvent } from '../context-event.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { Setup } from '../../options/resolved-options.ts';
import type { DeliveryOwners } from '../webhooks/webhook-routing.ts';

/** What tells of changes. Google is one connection and two of these. */
export type FeedService = 'ticktick' | 'google-calendar' | 'gmail' | 'azure-devops';

/** What a feed works with: one user's clients, and where deliveries go. */
export interface FeedParts {
  setup: Setup;
  userId: string;
  owners: DeliveryOwners;
  /** Of a webhook's route: `google/calendar`. */
  url: (path: string) => string;
  clients: {
    readonly ticktick: TickTickClient;
    readonly calendar: GoogleCalendarClient;
    readonly gmail: GmailClient;
    azureDevOps(): Promise<AdoClient>;
  };
  signal: AbortSignal;
}

/** A push that is open, in a form that JSON can express, and when it has to be looked after again. */
export interface OpenPush<Push> {
  push: Push;
  /** Epoch milliseconds. */
  renewAt: number;
}

/** How changes of one service reach the host. */
export interface Feed<Push extends object = object, Position extends object = object> {
  readonly service: FeedService;
  readonly provider: ProviderId;
  /** Milliseconds between two polls. */
  readonly pollEveryMs: number;
  /** Whether the service delivers at all, as it is configured. */
  canPush(setup: Setup): boolean;
  canPoll(setup: Setup): boolean;
  /** Has the service deliver, once: what was open before goes when the new one is there. */
  open(parts: FeedParts, before: Push | undefined): Promise<OpenPush<Push>>;
  close(parts: FeedParts, push: Push): Promise<void>;
  /** Gives what has changed since `position` to `emit`; the first time nothing. Gives the position to go on from. */
  poll(parts: FeedParts, position: Position | undefined, emit: Emit): Promise<Position>;
}

/** Resolves when the host has the event. */
export type Emit = (event: ContextEvent) => Promise<void>;

export const DAY_MS: number = 24 * 3_600_000;
