import { ConfigurationError } from '../../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { ifUnreadable } from '../../stores/store-outcome.ts';
import { problemIn } from '../token-record.ts';
import { addAgain } from './add-again.ts';
import { attemptRevocation } from './attempt-revocation.ts';
import {
  FIRST_PAUSE_MS,
  idOf,
  pendingRevocation,
  readRevocation,
  recordKeyOf,
  revocationIds,
  revocationRecord,
} from './outbox-records.ts';
import { markOwn, ownEntries } from './own-entries.ts';
import type { GrantToRevoke, OutboxParts, PendingRevocation } from './pending-revocation.ts';
import type { RevocationOutbox } from './revocation-outbox.ts';
import { tryToPause } from './revocation-pause.ts';
import { workOff } from './work-off.ts';

const GRANT: OptionTypes<GrantToRevoke> = {
  provider: 'string',
  tokenSet: 'checked',
  key: 'string',
  userId: 'string',
};

function checkGrant(grant: GrantToRevoke): void {
  checkObject(grant, 'grant');
  checkOptions(grant, GRANT, undefined, 'grant');
  const problem = problemIn(grant.tokenSet);
  if (problem !== undefined) throw new ConfigurationError(`${problem}.`);
}

/** What {@link RevocationOutbox} does, loaded on first use. */
export function storedOutbox(parts: OutboxParts): RevocationOutbox {
  const { store } = parts;
  return {
    async add(grant, adding) {
      checkGrant(grant);
      checkOptions(adding, { afterMs: 'number' });
      const afterMs = adding?.afterMs ?? FIRST_PAUSE_MS;
      if (!(Number.isFinite(afterMs) && afterMs > 0))
        throw new ConfigurationError('afterMs must be a number above 0.');
      const id = await idOf(grant);
      await tryToPause(store, id, afterMs);
      await markOwn(store, id, grant.userId);
      const record = JSON.stringify(revocationRecord(grant));
      const isNew = (await store.compareAndSet(recordKeyOf(id), undefined, record)) !== undefined;
      if (!isNew) await addAgain(store, id, grant, afterMs);
      return id;
    },

    async attempt(id) {
      const found = await readRevocation(store, id);
      return found === undefined ? 'revoked' : (await attemptRevocation(parts, id, found)).outcome;
    },

    async work(given) {
      checkOptions(given, { signal: 'signal' });
      return await workOff(parts, given?.signal ?? undefined);
    },

    async list(selection) {
      checkOptions(selection, { userId: 'string' });
      const userId = selection?.userId ?? undefined;
      if (userId !== undefined)
        return (await ownEntries(store, userId)).map(({ id, record }) => pendingRevocation(id, record));
      const pending: PendingRevocation[] = [];
      for (const id of await revocationIds(store)) {
        const found = await readRevocation(store, id).catch(ifUnreadable(undefined));
        if (found !== undefined) pending.push(pendingRevocation(id, found.record));
      }
      return pending;
    },
  };
}
