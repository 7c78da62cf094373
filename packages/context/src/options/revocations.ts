import {
  type AroundRevocation,
  type OAuthClient,
  type RecordStore,
  type RevocationOutbox,
  revocationOutbox,
} from '@context-sdk/oauth-core';
import type { Audit } from './audit.ts';
import type { JobPlanner } from './job-planner.ts';
import type { ProviderId } from './provider-id.ts';

interface RevocationParts {
  store: RecordStore;
  oauth: ReadonlyMap<ProviderId, OAuthClient>;
  audit: Audit;
  jobs: JobPlanner;
  around: AroundRevocation;
}

/** The job that works the outbox off. */
export const REVOCATIONS = 'revocations';

/** The grants of a context that are to end at their providers. Tells the host's audit what comes of them. */
export function contextRevocations({ store, oauth, audit, jobs, around }: RevocationParts): RevocationOutbox {
  const outbox = revocationOutbox({
    store,
    around,
    clientOf: (id) => [...oauth.values()].find(({ provider }) => provider.id === id),
    onAttempt({ provider, userId, grantId, accountId, attempts, outcome, error }) {
      const facts = { provider, userId, grantId, accountId };
      if (error !== undefined) audit({ ...facts, type: 'revocation-failed', attempts, error });
      else if (outcome !== 'in-use') audit({ ...facts, type: 'revoked', atProvider: outcome === 'revoked' });
    },
  });
  return {
    ...outbox,
    async add(grant, options) {
      const id = await outbox.add(grant, options);
      await jobs.plan(REVOCATIONS, Date.now());
      return id;
    },
  };
}

/** The same outbox, for the grants of one user. */
export function revocationsOf(userId: string, revocations: RevocationOutbox): RevocationOutbox {
  return { ...revocations, add: (grant, options) => revocations.add({ ...grant, userId }, options) };
}
