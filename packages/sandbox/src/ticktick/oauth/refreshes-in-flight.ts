import type { Grant, Grants } from './grants.ts';
import type { OAuthStats } from './oauth-stats.ts';

/** Counts the refresh requests under way for each grant, from arrival to answer. */
export class RefreshesInFlight {
  readonly #inFlight = new Map<Grant, number>();
  readonly #grants: Grants;
  readonly #stats: OAuthStats;

  constructor(grants: Grants, stats: OAuthStats) {
    this.#grants = grants;
    this.#stats = stats;
  }

  /** Called when a token request arrives; gives what to call when it is over. */
  begin(formText: string): () => void {
    const refreshToken = new URLSearchParams(formText).get('refresh_token') ?? '';
    const grant = this.#grants.findRefreshToken(refreshToken)?.grant;
    if (!grant) return () => undefined;
    const count = this.#change(grant, 1);
    this.#stats.concurrentRefreshes = Math.max(this.#stats.concurrentRefreshes, count);
    return () => void this.#change(grant, -1);
  }

  #change(grant: Grant, by: number): number {
    const count = (this.#inFlight.get(grant) ?? 0) + by;
    this.#inFlight.set(grant, count);
    return count;
  }
}
