import { bodyText, type ServiceRequest } from '../../http/service.ts';
import type { EntraState } from './entra-state.ts';
import type { Grant } from './grants.ts';

/** Counts the refresh requests under way for each grant, from arrival to answer. */
export class RefreshesInFlight {
  readonly #inFlight = new Map<Grant, number>();
  readonly #state: EntraState;

  constructor(state: EntraState) {
    this.#state = state;
  }

  /** Called when a token request arrives; gives what to call when it is over. */
  begin(request: ServiceRequest): () => void {
    const refreshToken = new URLSearchParams(bodyText(request)).get('refresh_token') ?? '';
    const grant = this.#state.grants.findRefreshToken(refreshToken)?.grant;
    if (!grant) return () => undefined;
    const { stats } = this.#state;
    stats.concurrentRefreshes = Math.max(stats.concurrentRefreshes, this.#change(grant, 1));
    return () => void this.#change(grant, -1);
  }

  #change(grant: Grant, by: number): number {
    const count = (this.#inFlight.get(grant) ?? 0) + by;
    this.#inFlight.set(grant, count);
    return count;
  }
}
