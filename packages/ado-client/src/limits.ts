import type { AccessTokenSource, RateLimit } from '@context-sdk/oauth-core';
import { omitUndefined } from '@context-sdk/oauth-core/client-kit';

/** None: Azure DevOps counts load, not requests, and says when to wait. */
export const ADO_LIMITS: readonly RateLimit[] = [];

/** Where this identity stands with Azure DevOps' limits, as the last answer with such headers told. */
export interface AdoRateLimit {
  /** What is short; for people to read. */
  resource?: string;
  /** How long the answered request was held back, in milliseconds. */
  delayMs?: number;
  /** TSTUs (about one user's load in five minutes) that are allowed in five minutes. */
  limit?: number;
  remaining?: number;
  /** When the limit is whole again if nothing is used, in epoch milliseconds. */
  resetAt?: number;
  /** Until when the service asked to wait, in epoch milliseconds. */
  retryAt?: number;
  /** When it was seen, in epoch milliseconds. */
  seenAt: number;
}

/** The headers that tell about limits. */
export const RATE_LIMIT_HEADERS: readonly string[] = [
  'retry-after',
  'x-ratelimit-delay',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-ratelimit-resource',
];

function number(headers: Headers, name: string): number | undefined {
  const value = headers.get(name) ?? '';
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function retryAt(headers: Headers, now: number): number | undefined {
  const seconds = number(headers, 'retry-after');
  if (seconds !== undefined) return now + seconds * 1000;
  const date = Date.parse(headers.get('retry-after') ?? '');
  return Number.isNaN(date) ? undefined : date;
}

/** Reads the limits out of answers; far from them Azure DevOps usually says nothing. */
export class RateLimitWatch {
  /** Undefined until an answer told. */
  latest: AdoRateLimit | undefined;
  readonly #onChange: ((rateLimit: AdoRateLimit) => unknown) | undefined;

  constructor(onChange: ((rateLimit: AdoRateLimit) => unknown) | undefined) {
    this.#onChange = onChange;
  }

  read(headers: Headers): void {
    const now = Date.now();
    const delay = number(headers, 'x-ratelimit-delay');
    const reset = number(headers, 'x-ratelimit-reset');
    const told = omitUndefined({
      resource: headers.get('x-ratelimit-resource') ?? undefined,
      delayMs: delay === undefined ? undefined : delay * 1000,
      limit: number(headers, 'x-ratelimit-limit'),
      remaining: number(headers, 'x-ratelimit-remaining'),
      resetAt: reset === undefined ? undefined : reset * 1000,
      retryAt: retryAt(headers, now),
    });
    if (Object.keys(told).length === 0) return;
    const rateLimit: AdoRateLimit = { ...told, seenAt: now };
    this.latest = rateLimit;
    // It only watches: what it throws is nobody's.
    void (async () => this.#onChange?.(rateLimit))().catch(() => undefined);
  }
}

/** The same source; its limits are those of one user in one organization, which is how Azure DevOps counts. */
export function scopeLimitsToOrganization(
  auth: AccessTokenSource,
  organizationUrl: string,
): AccessTokenSource {
  const { account } = auth;
  if (account === undefined) return auth;
  return {
    // A user may come to connect in another way.
    get scheme() {
      return auth.scheme ?? 'Bearer';
    },
    account: `${organizationUrl}/${account}`,
    getAccessToken: (options) => auth.getAccessToken(options),
    ...(auth.getCredential && { getCredential: auth.getCredential.bind(auth) }),
    ...(auth.current && { current: auth.current.bind(auth) }),
    ...(auth.lacks && { lacks: auth.lacks.bind(auth) }),
  };
}
