/** What every event of every service looks like; `source` and `type` tell the members of the union apart. */
export interface WebhookEvent<Source extends string, Type extends string, Data> {
  source: Source;
  type: Type;
  /** The delivery's id, if the service sends one. */
  id?: string;
  /** When it happened, in epoch milliseconds, if the service says so. */
  at?: number;
  /** The host's user, if the delivery says who it is for. */
  userId?: string;
  /** Whether it is proven that the service sent this. */
  verified: boolean;
  data: Data;
  /** The delivery as it came. */
  raw: unknown;
}
