import type { Backend } from '../engine/backend.ts';
import type { Findings } from '../engine/findings.ts';
import type { Redemption } from './authorization-server.ts';
import type { Grants } from './grants.ts';
import type { TokenConfig } from './history.ts';
import type { TokenRule } from './rules.ts';

/** A second use of a refresh token within this time is a retry of the same refresh, in milliseconds. */
const RESEND_MS = 900;
/** What storing may take after the answer, in milliseconds. */
const SAVING_MS = 8000;

/** What the token requests of all processes together must be. */
export class RequestRules {
  readonly #config: TokenConfig;
  readonly #backend: Backend;
  readonly #grants: Grants;
  readonly #findings: Findings;
  readonly #rejected = new Set<string>();
  /** The token that was replaced straight after its own refresh, because it was rejected. */
  #replacedAtOnce: string | undefined;

  constructor(config: TokenConfig, backend: Backend, grants: Grants, findings: Findings) {
    this.#config = config;
    this.#backend = backend;
    this.#grants = grants;
    this.#findings = findings;
  }

  /** A caller says that the service has rejected this access token. */
  onRejected(token: string): void {
    this.#rejected.add(token);
  }

  onSend(token: string): void {
    const { kind, lifetimeMs } = this.#config;
    const { lastRefresh } = this.#grants;
    if (kind !== 'calm' || lastRefresh?.refreshToken !== token) return;
    const sinceMs = this.#backend.world.now - lastRefresh.at;
    if (sinceMs >= Math.min(10_000, lifetimeMs / 2) - 400) return;
    const { accessToken, replaced } = lastRefresh;
    if (this.#rejected.has(accessToken) && replaced !== this.#replacedAtOnce)
      this.#replacedAtOnce = accessToken;
    else this.#violate('refreshed-too-soon', `${token} ${sinceMs.toFixed()} ms after it was stored`);
  }

  /** A spent refresh token came again: either no client can prevent that, or a rule is broken. */
  onRedeem(redemption: Redemption, earlier: readonly Redemption[]): void {
    this.#findings.count('redemptions');
    const first = earlier.find(({ isRotated }) => isRotated);
    if (!redemption.wasSpent || !redemption.wasAlive || first === undefined) return;
    const sinceMs = redemption.at - first.at;
    const isResent = redemption.by === first.by && sinceMs < RESEND_MS && !first.isDelivered;
    if (
      this.#config.ambiguousRefresh === 'defer' &&
      isResent &&
      first.by.frozenMs(first.at, redemption.at) === 0
    )
      this.#violate(
        'defer-resent',
        `${first.token} ${sinceMs.toFixed()} ms after ${first.by.name} had sent it`,
      );
    const excuse = this.#excuseFor(redemption, first);
    if (excuse !== undefined) return this.#findings.excuse(excuse);
    const awayMs = this.#backend.awayMs(first.at, first.at + this.#config.timeoutMs + SAVING_MS);
    const story = `${first.token}: by ${first.by.name} at ${first.at.toFixed()}, again by ${redemption.by.name}`;
    if (awayMs > 1500)
      this.#violate('outage-lost-tokens', `${story}; the store was away for ${awayMs.toFixed()} ms`);
    else this.#violate('redeemed-twice', story);
  }

  #excuseFor(redemption: Redemption, { by, at, isDelivered }: Redemption): string | undefined {
    const { leaseTtlMs } = this.#config;
    if (!isDelivered) return 'answer lost';
    // It was sent before, and given up: by then nobody could hold it back.
    if (redemption.isLate) return 'request late';
    if (by.diedAt !== undefined && by.diedAt <= redemption.at) return 'process killed';
    const isStopped = by.frozenMs(at - leaseTtlMs, redemption.at) > 0;
    if (isStopped && redemption.at - at > leaseTtlMs * 0.5) return 'process stopped';
    if (this.#backend.awayMs(at, redemption.at) > leaseTtlMs * 0.8) return 'store away for a lease';
    const { latency } = this.#config;
    if (latency === 'wild' && this.#backend.waitedMs(by, at - leaseTtlMs, redemption.at) > leaseTtlMs * 0.5)
      return 'store slow for half a lease';
    return undefined;
  }

  #violate(rule: TokenRule, text: string): void {
    this.#findings.violate(rule, text);
  }
}
