import type { RateLimit } from '@context-sdk/oauth-core';
import { checkObject } from '@context-sdk/oauth-core/client-kit';
import { ConfigurationError } from '@context-sdk/oauth-core/errors';
import type { GoogleOperation } from './wire.ts';

/**
 * What one user may do: 600 requests a minute, for projects created since 2026-05-01.
 * https://developers.google.com/workspace/calendar/api/guides/quota
 */
export const CALENDAR_LIMITS: readonly RateLimit[] = [{ limit: 600, intervalMs: 60_000 }];

/**
 * What one user may do: 6,000 units a minute, for projects created since 2026-05-01. Sending a message takes 100.
 * https://developers.google.com/workspace/gmail/api/reference/quota. Gmail also refuses what goes beyond about ten requests at
 * once, of all apps together: `docs/facts/google.md`.
 */
export const GMAIL_LIMITS: readonly RateLimit[] = [{ limit: 6_000, intervalMs: 60_000 }, { concurrency: 8 }];

/** The lane of operations that send mail: Gmail limits them apart. */
export const SENDING = 'sending';

/** Units that one request can cost at most. */
export function smallestLimit(limits: readonly RateLimit[]): number {
  checkObject(limits, 'limits');
  for (const limit of limits) checkObject(limit, 'limits');
  return Math.min(...limits.map((rate) => ('limit' in rate ? rate.limit : Number.POSITIVE_INFINITY)));
}

/** The operations with the host's own costs. Throws {@link ConfigurationError} naming the cost that can't be right. */
export function withCosts<Name extends string, Op extends GoogleOperation>(
  operations: Readonly<Record<Name, Op>>,
  costs: Readonly<Partial<Record<Name, number>>> | undefined,
  service: string,
): Readonly<Record<Name, Op>> {
  const changed: Record<Name, Op> = { ...operations };
  for (const [name, cost] of Object.entries<number | undefined>(costs ?? {})) {
    const operation = Object.entries<Op>(operations).find(([known]) => known === name)?.[1];
    if (operation === undefined) {
      const known = Object.keys(operations).join(', ');
      throw new ConfigurationError(`costs.${name} isn't an operation of ${service}, which has ${known}.`, {
        service,
      });
    }
    if (cost === undefined) continue;
    if (!Number.isSafeInteger(cost) || cost < 1) {
      throw new ConfigurationError(`costs.${name} must be a whole number above 0.`, { service });
    }
    Object.assign(changed, { [name]: { ...operation, cost } });
  }
  return changed;
}
