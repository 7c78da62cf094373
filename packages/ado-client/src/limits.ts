import type { AccessTokenSource, Hooks, RateLimit } from '@context-sdk/oauth-core';
import {
  CLOCK_TOLERANCE_MS,
  DAY_MS,
  omitUndefined,
  reportClockSkew,
  retryAfterMs,
  serviceTime,
  tellListener,
} from '@context-sdk/oauth-core/client-kit';

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
  /** When the limit is whole again if nothing is used, in epoch milliseconds of this machine. */
  resetAt?: number;
  /** Until when the service asked to wait, in epoch milliseconds of this machine. */
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

function after(ms: number | undefined, now: number): number | undefined {
  return ms === undefined ? undefined : now + ms;
}

/** Reads the limits out of answers; far from them Azure DevOps usually says nothing. */
export class RateLimitWatch {
  /** Undefined until an answer told. */
  latest: AdoRateLimit | undefined;
  readonly #onChange: ((rateLimit: AdoRateLimit) => unknown) | undefined;
  readonly #hooks: Hooks | undefined;
  readonly #host: string;

  constructor(parts: {
    onChange: ((rateLimit: AdoRateLimit) => unknown) | undefined;
    hooks: Hooks | undefined;
    /** Named to the host if its clock differs. */
    host: string;
  }) {
    this.#onChange = parts.onChange;
    this.#hooks = parts.hooks;
    this.#host = parts.host;
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
      resetAt: reset === undefined ? undefined : this.#localTime(reset * 1000, headers, now),
      retryAt: after(retryAfterMs(headers), now),
    });
    if (Object.keys(told).length === 0) return;
    const rateLimit: AdoRateLimit = { ...told, seenAt: now };
    this.latest = rateLimit;
    tellListener(this.#onChange, rateLimit);
  }

  /** Converts a time of the service to this machine's clock. `undefined` if the clocks differ by an unknown amount. */
  #localTime(at: number, headers: Headers, now: number): number | undefined {
    const serviceNow = serviceTime(headers);
    const isSensible = at > now - CLOCK_TOLERANCE_MS && at < now + DAY_MS;
    const behindMs = serviceNow === undefined ? (isSensible ? 0 : at - now) : serviceNow - now;
    if (Math.abs(behindMs) <= CLOCK_TOLERANCE_MS) return at;
    reportClockSkew(this.#hooks, { witness: 'service', name: this.#host, behindMs });
    return serviceNow === undefined ? undefined : at - behindMs;
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
    // However the organization is spelled.
    account: `${organizationUrl.toLowerCase()}/${account}`,
    getAccessToken: (options) => auth.getAccessToken(options),
    ...(auth.getCredential && { getCredential: auth.getCredential.bind(auth) }),
    ...(auth.current && { current: auth.current.bind(auth) }),
    ...(auth.lacks && { lacks: auth.lacks.bind(auth) }),
  };
}
