import { ReauthorizationRequiredError } from '../errors/index.ts';
import { timeObtained } from '../oauth/token-set.ts';
import { checkOptions } from '../options/option-types.ts';
import { raceAbort } from '../timing/timeouts.ts';
import type { AccessTokenSource } from './access-token-source.ts';
import { CREDENTIAL_OPTIONS } from './credential-options.ts';

/** A token of an app, in memory. */
export interface HeldToken {
  token: string;
  /** When to request the next one, and when this one expires; epoch milliseconds. */
  dueAt: number;
  endsAt: number;
}

const EARLY_MS = 120_000;
const EARLY_SHARE = 0.2;

/** `askedAt`: when the request for it was begun, in epoch milliseconds. */
export function heldToken(
  { access_token: token, expires_in: expiresIn }: { access_token: string; expires_in?: number | undefined },
  { askedAt, timeoutMs }: { askedAt: number; timeoutMs: number | undefined },
): HeldToken {
  const lifetime = (expiresIn ?? Number.POSITIVE_INFINITY) * 1000;
  const early = Math.min(EARLY_MS, lifetime * EARLY_SHARE);
  const endsAt = timeObtained(askedAt, { expiresIn, timeoutMs }) + lifetime;
  return { token, dueAt: endsAt - early, endsAt };
}

/** Asks for tokens when they are needed, one request at a time, and keeps them in memory until shortly before their end. */
export function heldTokens(
  account: string,
  service: string,
  ask: () => Promise<HeldToken>,
): AccessTokenSource {
  let held: HeldToken | undefined;
  let asking: Promise<HeldToken> | undefined;

  const next = (): Promise<HeldToken> => {
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };
  const current = (): string | undefined => (held && Date.now() < held.endsAt ? held.token : undefined);

  return {
    account,
    current,
    async getAccessToken(options) {
      checkOptions(options, CREDENTIAL_OPTIONS);
      const rejected = options?.rejected ?? undefined;
      const signal = options?.signal ?? undefined;
      signal?.throwIfAborted();
      const isRejected = rejected !== undefined && held?.token === rejected;
      if (held && !isRejected && Date.now() < held.dueAt) return held.token;
      const good = isRejected ? undefined : current();
      try {
        held = await raceAbort(next(), signal);
      } catch (error) {
        // Callers need not know while the current token is still good.
        if (good === undefined || signal?.aborted) throw error;
        return good;
      }
      if (held.token !== rejected) return held.token;
      throw new ReauthorizationRequiredError('rejected', { service });
    },
  };
}
