import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { ConnectionRecord, Grant } from './connection.ts';
import { grantOf } from './grant.ts';

/** Tells the host what happens to one user's connections. */
export class ConnectionAudit {
  readonly #options: Pick<ResolvedOptions, 'audit'>;
  readonly #userId: string;

  constructor(options: Pick<ResolvedOptions, 'audit'>, userId: string) {
    this.#options = options;
    this.#userId = userId;
  }

  started(provider: ProviderId, record: ConnectionRecord, previous: ConnectionRecord | undefined): void {
    const { kind, account } = record;
    const facts = {
      provider,
      userId: this.#userId,
      grantId: grantOf(record).id,
      accountId: account?.id,
    };
    if (previous === undefined) return this.#options.audit({ ...facts, type: 'connected', kind });
    const [previousGrantId, previousAccountId] = [grantOf(previous).id, previous.account?.id];
    this.#options.audit({ ...facts, type: 'replaced', previousGrantId, previousAccountId });
  }

  scopesChanged(
    facts: { provider: ProviderId; grantId: Grant['id']; accountId: string | undefined },
    before: readonly string[] = [],
    after: readonly string[] = [],
  ): void {
    const added = after.filter((scope) => !before.includes(scope));
    const removed = before.filter((scope) => !after.includes(scope));
    // A provider that tells no scopes granted what was asked for.
    const isKnown = before.length > 0 && after.length > 0;
    if (!isKnown || added.length + removed.length === 0) return;
    this.#options.audit({ ...facts, userId: this.#userId, type: 'scopes-changed', added, removed });
  }

  /** Names the services that may still deliver for a connection that has ended. */
  pushesRemain(provider: ProviderId, previous: ConnectionRecord | 'unreadable', services: string[]): void {
    if (services.length > 0)
      this.#options.audit({ ...this.#factsOf(provider, previous), type: 'pushes-remain', services });
  }

  /** For connections without OAuth tokens: what comes of those, their outbox tells. */
  ended(provider: ProviderId, previous: ConnectionRecord | 'unreadable'): void {
    this.#options.audit({ ...this.#factsOf(provider, previous), type: 'revoked', atProvider: false });
  }

  #factsOf(provider: ProviderId, previous: ConnectionRecord | 'unreadable') {
    const known = previous === 'unreadable' ? undefined : previous;
    const grantId = known && grantOf(known).id;
    return { provider, userId: this.#userId, grantId, accountId: known?.account?.id };
  }
}
