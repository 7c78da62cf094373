import { ConfigurationError } from '../../errors/index.ts';
import { tellListener } from '../../hooks/tell-listener.ts';
import type { OAuthClient } from '../../oauth/oauth-client.ts';
import { checkObject, checkOptions, type OptionTypes } from '../../options/option-types.ts';
import type { RecordStore } from '../../stores/record-store.ts';
import { soundStore } from '../../stores/sound-store.ts';
import { loadedOnce } from '../../timing/loaded-once.ts';
import type {
  AroundRevocation,
  GrantToRevoke,
  PendingRevocation,
  RevocationAttempt,
  RevocationOutcome,
  RevocationReport,
} from './pending-revocation.ts';

/** What an outbox works with. */
export interface RevocationOutboxOptions {
  store: RecordStore;
  /** The client of a provider by the provider's id; undefined if the host has none any more. */
  clientOf: (provider: string) => OAuthClient | undefined;
  /** Told after every attempt. What it throws is ignored. */
  onAttempt?: ((attempt: RevocationAttempt) => unknown) | undefined;
  /** Runs with each attempt, to end what only the grant's tokens can end at the provider, such as webhooks. Default: nothing. */
  around?: AroundRevocation | undefined;
}

const OPTIONS: OptionTypes<RevocationOutboxOptions> = {
  store: 'object',
  clientOf: 'function',
  onAttempt: 'function',
  around: 'function',
};

/**
 * Grants that are to end at their providers, kept in the store until they have: whoever ends or replaces a connection
 * adds its grant first, so that no crash and no outage leaves it behind. {@link TokenManager} uses it if it gets one.
 */
export interface RevocationOutbox {
  /**
   * Stores a grant to revoke, and returns its id. The first attempt of {@link work} is `afterMs` milliseconds later; default:
   * 60,000. A grant that is added again before its first attempt takes the new `key`, `userId` and delay.
   */
  add(grant: GrantToRevoke, options?: { afterMs?: number | undefined }): Promise<string>;
  /** Asks the provider at once, whether it is due or not. Rejects only if the store fails. */
  attempt(id: string): Promise<RevocationOutcome>;
  /**
   * Works off what is due, for a host's maintenance: after a failure the next attempt waits for a minute, and twice as
   * long each time, up to six hours. A provider that is down is asked once per run. Rejects with the signal's reason, and
   * if the store fails.
   */
  work(options?: { signal?: AbortSignal | undefined }): Promise<RevocationReport>;
  /** What is still to be revoked, of one user or all. Records that can't be read are left out. */
  list(options?: { userId?: string | undefined }): Promise<PendingRevocation[]>;
}

/** An outbox in this store. Any number of objects, in any number of processes, share what lies there. */
export function revocationOutbox(options: RevocationOutboxOptions): RevocationOutbox {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { store, clientOf, onAttempt } = options;
  const around: AroundRevocation = options.around ?? ((_grant, revoke) => revoke());
  if (typeof clientOf !== 'function') throw new ConfigurationError('clientOf must be a function.');
  const outbox = loadedOnce(async () => {
    const { storedOutbox } = await import('./stored-outbox.ts');
    return storedOutbox({
      store: soundStore(store),
      clientOf,
      report: (attempt) => tellListener(onAttempt, attempt),
      around,
    });
  });
  return {
    add: async (grant, adding) => await (await outbox()).add(grant, adding),
    attempt: async (id) => await (await outbox()).attempt(id),
    work: async (given) => await (await outbox()).work(given),
    list: async (selection) => await (await outbox()).list(selection),
  };
}
