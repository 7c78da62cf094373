import type { ContextEvent } from '../context-event.ts';
import type { GoogleOptions } from '../../options/provider-options.ts';
import type { DeliveryOwners } from './webhook-routing.ts';

/** What receivers know. */
export interface ReceiverParts {
  owners: DeliveryOwners;
  google: GoogleOptions | undefined;
  /** Of the webhooks' routes: what Pub/Sub names as audience unless told otherwise. */
  url: (path: string) => string;
  fetch: typeof fetch | undefined;
}

/** A delivery whose body has been read. */
export interface Delivery {
  headers: Headers;
  body: Uint8Array;
}

/** Proves a delivery and reads it: the events in it, one per user that it concerns. */
export type Receive = (
  parts: ReceiverParts,
  delivery: Delivery,
  rest: readonly string[],
) => Promise<readonly ContextEvent[]>;
