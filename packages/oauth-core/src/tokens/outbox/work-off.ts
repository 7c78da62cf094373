import { type ContextSdkError, StoreError } from '../../errors/index.ts';
import { attemptRevocation } from './attempt-revocation.ts';
import { pauseMs, readRevocation, recordKeyOf, revocationIds } from './outbox-records.ts';
import type { OutboxParts, RevocationReport } from './pending-revocation.ts';
import { renewIfOverdue, tryToPause } from './revocation-pause.ts';

/** An entry that can't be read is reported; a store that is away ends the run. */
function isUnreadable(error: unknown): error is StoreError {
  return error instanceof StoreError && !error.retryable;
}

/** Works off what is due, one entry after the other. */
export async function workOff(
  parts: OutboxParts,
  signal: AbortSignal | undefined,
): Promise<RevocationReport> {
  const { store } = parts;
  const report: RevocationReport = { attempts: [], waiting: 0, unreadable: [] };
  const down = new Set<string>();
  for (const id of await revocationIds(store)) {
    signal?.throwIfAborted();
    try {
      const found = await readRevocation(store, id);
      if (found === undefined) continue;
      const { provider, attempts } = found.record;
      if (down.has(provider) || !(await claim(parts, id, attempts))) {
        report.waiting += 1;
        continue;
      }
      const attempt = await attemptRevocation(parts, id, found);
      report.attempts.push(attempt);
      if (isOutage(attempt.error)) down.add(provider);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      report.unreadable.push({ key: recordKeyOf(id), error });
    }
  }
  return report;
}

/** Whether the entry is due, and no other process is at it. */
async function claim({ store }: OutboxParts, id: string, attempts: number): Promise<boolean> {
  const ms = pauseMs(attempts);
  if (await tryToPause(store, id, ms)) return true;
  await renewIfOverdue(store, id, ms);
  return false;
}

function isOutage(error: ContextSdkError | undefined): boolean {
  return error?.retryable === true;
}
