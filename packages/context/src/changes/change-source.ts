import type { UserClients } from '../connections/user-clients.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { ContextEvent } from './context-event.ts';
import type { WebhookRouting } from './webhook-routing.ts';

export const DAY_MS: number = 24 * 3_600_000;

/** A service that reports changes. Google is one provider and two of these services. */
export type ChangeService = 'ticktick' | 'google-calendar' | 'gmail' | 'azure-devops';

/** What a change source works with: the host's options, and the routes of deliveries. */
export interface SourceContext {
  options: ResolvedOptions;
  routing: WebhookRouting;
}

/** The same, for one user's changes. */
export interface UserContext extends SourceContext {
  clients: UserClients;
  signal: AbortSignal;
}

/** An open push. `push` has to be JSON. */
export interface OpenPush<Push> {
  push: Push;
  /** Epoch milliseconds. */
  renewAt: number;
}

/** A delivery with its body already read. */
export interface Delivery {
  headers: Headers;
  body: Uint8Array;
  /** The path segment behind the route, if there is one. */
  pathKey: string | undefined;
}

/** How a service's deliveries are received. */
export interface ChangeWebhook {
  /** The route below `/webhooks/`. */
  path: string;
  /** Whether one more path segment may follow: {@link Delivery.pathKey}. */
  allowsPathKey: boolean;
  /** Whether the route exists in this configuration. Default: wherever the provider is configured. */
  isOpen?(options: ResolvedOptions, pathKey: string | undefined): boolean;
  /** Verifies and parses a delivery. Returns its events, one for each user that it concerns. */
  receive(context: SourceContext, delivery: Delivery): Promise<readonly ContextEvent[]>;
  /** Overrides the response to a failure, for a service with rules of its own. */
  respondToFailure?(error: Error): Response;
}

/** How the changes of one service reach the host: by pushes, by polling, or both. */
export interface ChangeSource<Push extends object = object, Position extends object = object> {
  readonly service: ChangeService;
  readonly provider: ProviderId;
  readonly webhook: ChangeWebhook;
  /** Default milliseconds between polls. */
  readonly pollEveryMs: number;
  /** Whether the service delivers in this configuration. */
  canPush(options: ResolvedOptions): boolean;
  canPoll(options: ResolvedOptions): boolean;
  /** Subscribes to deliveries, and ends the previous subscription once the new one is open. */
  open(context: UserContext, previous: Push | undefined): Promise<OpenPush<Push>>;
  close(context: UserContext, push: Push): Promise<void>;
  /** Emits the changes since `position`, or none on the first poll. Returns the position for the next poll. */
  poll(context: UserContext, position: Position | undefined, emit: Emit): Promise<Position>;
}

/** Resolves once the host has handled the event. */
export type Emit = (event: ContextEvent) => Promise<void>;
