import type { Plan, RecordStore } from '@context-sdk/context';
import { readLeased, withLease } from '@context-sdk/context/store-kit';

/** A plan that waits for its user's yes. */
export interface Proposal {
  plan: Plan;
  /** What the user has to know of it, in words: what could not be written, or what has changed since the last one. */
  notes: string[];
  /** Whether it was applied, and the notes say what is missing. */
  isApplied: boolean;
}

/** The latest proposal of each user: what is applied is what was shown, and not what a browser sends. */
export class Proposals {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  async of(userId: string): Promise<Proposal | undefined> {
    return (await readLeased<Proposal | null>(this.#store, keyOf(userId))) ?? undefined;
  }

  async propose(userId: string, proposal: Proposal): Promise<void> {
    await this.#write(userId, () => proposal);
  }

  /** Puts `next`, or nothing, in the place of a proposal, unless another one is there meanwhile. */
  async replace(userId: string, planId: string, next?: Proposal): Promise<void> {
    await this.#write(userId, (current) => (current?.plan.id === planId ? (next ?? null) : current));
  }

  async #write(userId: string, change: (current: Proposal | null) => Proposal | null): Promise<void> {
    await withLease<Proposal | null, void>(this.#store, keyOf(userId), { ttlMs: 5_000 }, async (lease) => {
      await lease.save(change(lease.value ?? null));
    });
  }
}

function keyOf(userId: string): string {
  return `proposal/${encodeURIComponent(userId)}`;
}
