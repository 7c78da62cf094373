import type { ContextSdkError } from '@context-sdk/oauth-core';
import { DAY_MS, MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import type { Grant } from '../connections/connection.ts';
import type { UserClients } from '../connections/user-clients.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { ChangeService } from '../options/provider-of-service.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { LeaseTime } from '../records/held-lease.ts';
import type { Shape } from '../records/shape.ts';
import type { EventOutcome, OutgoingEvent } from './events/outgoing-event.ts';
import type { WebhookRouting } from './webhook-routing.ts';

export { DAY_MS, MINUTE_MS };

/** What failed beside the rest: one calendar, or their list. */
export interface PartFailure {
  /** `primary` for the primary calendar. Absent for the list of calendars. */
  calendarId?: string;
  error: ContextSdkError;
}

/** What a change source works with: the host's options, and the routes of deliveries. */
export interface SourceContext {
  options: ResolvedOptions;
  routing: WebhookRouting;
}

/** The same, for one user's changes. */
export interface UserContext extends SourceContext {
  clients: UserClients;
  /** What the requests are sent with, and whose state they lead to. */
  grant: Grant;
  signal: AbortSignal;
  /** Of the work, if it has one: once that has expired, the pushes may be another process's. */
  lease?: LeaseTime;
  /** Told of what failed while the rest goes on. */
  onPartFailed?: (failure: PartFailure) => void;
}

/** What it takes to end a push: clients with the tokens of its account. */
export interface StopContext extends Pick<UserContext, 'routing' | 'signal'> {
  clients: Pick<UserClients, 'calendar' | 'gmail'>;
}

/** An open push. `push` has to be JSON. */
export interface OpenPush<Push> {
  push: Push;
  /** Epoch milliseconds. */
  renewAt: number;
}

/** A push that is open now, with the ids of its records. */
export interface OpenedPush<Push> extends OpenPush<Push> {
  ids: readonly string[];
}

/** A delivery whose body is not read yet. */
export interface Delivery {
  headers: Headers;
  /** The path segment behind the route, if there is one. */
  pathKey: string | undefined;
  /** Called after the headers were checked. Rejects for a body that is too large, or that was read before. */
  readBody(): Promise<Uint8Array>;
}

/** An event of a delivery, and what to do once the host has handled it, but not where an earlier delivery has told it. */
export interface ReceivedEvent extends OutgoingEvent {
  onHandled?: () => Promise<void>;
}

/** How a service's deliveries are received. */
export interface ChangeWebhook {
  /** The route below `/webhooks/`. */
  path: string;
  /** Bytes of a delivery at most. Default: 1 MiB. */
  maxBytes?: number;
  /** Whether one more path segment may follow: {@link Delivery.pathKey}. */
  allowsPathKey: boolean;
  /** Whether a delivery may be for several users: one whose account is gone has it refused for none of them. */
  isShared?: boolean;
  /** Whether the route exists in this configuration. Default: wherever the provider is configured. */
  isOpen?(options: ResolvedOptions, pathKey: string | undefined): boolean;
  /** Whether an object is what the service sends, by members that each delivery has. Absent if deliveries have no body. */
  isDelivery?(body: Readonly<Record<string, unknown>>): boolean;
  /** Verifies and parses a delivery. Returns its events, one for each user that it concerns. */
  receive(context: SourceContext, delivery: Delivery): Promise<readonly ReceivedEvent[]>;
  /** Overrides the response to a failure, or not, for a service with rules of its own. */
  respondToFailure?(error: Error): Promise<Response | undefined>;
}

/** Records a push before the service is asked for it, and again with what the service answered. */
export type RecordPush<Push> = (id: string, push: Push) => Promise<void>;

/** How the changes of one service reach the host: by pushes, by polling, or both. */
export interface ChangeSource<Push extends object = object, Position extends object = object> {
  readonly service: ChangeService;
  readonly provider: ProviderId;
  readonly webhook: ChangeWebhook;
  /** Default milliseconds between polls. */
  readonly pollEveryMs: number;
  /** Whether the service delivers in this configuration. */
  canPush(options: ResolvedOptions): boolean;
  /** Whether deliveries reach the host. Default: if they can come from the internet. */
  canReach?(options: ResolvedOptions): boolean;
  /** Whether no poll is needed beside pushes, since their events could not be told apart. Default: false. */
  readonly pushesAll?: boolean;
  canPoll(options: ResolvedOptions): boolean;
  /** Whether a stored push is one of this source. One that is damaged counts as none. */
  readonly isPush: Shape;
  /** Subscribes to deliveries of what `position` follows. If it fails, what was recorded is closed. */
  open(
    context: UserContext,
    previous: { push: Push | undefined; position: Position | undefined },
    record: RecordPush<Push>,
  ): Promise<OpenedPush<Push>>;
  /** Whether a push no longer covers what a position follows, so that it has to be opened anew. Default: it does. */
  isOutdated?(push: Push, position: Position): boolean;
  /** Whether a position is one of a poll that there was no time to finish. Default: it isn't. */
  isPartial?(position: Position): boolean;
  /** Makes a push that can be ended from its id alone, for a damaged record. Absent if the id isn't enough. */
  lostPush?(id: string): Push;
  /** A push with what its deliveries have told of it since it was recorded. Default: they tell nothing. */
  withDelivered?(context: Pick<UserContext, 'routing'>, push: Push): Promise<Push>;
  /** Whether a part of a push may be open that nobody can stop yet. Default: no. */
  mayBeOpen?(push: Push): boolean;
  /** Deletes the routes of a push that has ended. */
  unroute(context: Pick<UserContext, 'routing' | 'clients'>, push: Push): Promise<void>;
  /** Refuses further deliveries of a push that the service may not end. Default: as if it had ended. */
  refuse?(context: Pick<UserContext, 'routing' | 'clients'>, push: Push): Promise<void>;
  /** Has the service end a push, with the tokens of its account. Succeeds if it has ended. */
  stop(context: StopContext, push: Push): Promise<void>;
  /**
   * Emits the changes since `position`, or none on the first poll. Returns the position for the next poll. A position that
   * the service does not accept any more begins anew. `push` is the open push, whose deliveries need not be told again.
   */
  poll(context: UserContext, position: Position | undefined, emit: Emit, push?: Push): Promise<Position>;
  /** Deletes positions that the source stores itself: those of one account, or all. */
  forgetPositions?(context: SourceContext, userId: string, owner?: string): Promise<void>;
}

/** Passes an event to the host. Rejects if the position must not advance beyond it. */
export type Emit = (outgoing: OutgoingEvent) => Promise<EventOutcome>;
