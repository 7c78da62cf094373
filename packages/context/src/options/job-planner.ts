import type { Schedule } from '@context-sdk/oauth-core';

/** Tells the schedule what maintenance has to do. */
export class JobPlanner {
  readonly schedule: Schedule | undefined;
  readonly #watchers = new Set<Set<string>>();

  constructor(schedule: Schedule | undefined) {
    this.schedule = schedule;
  }

  /** Has a job be due at a time, in epoch milliseconds. Never rejects: the walk over all records plans what is missing. */
  async plan(job: string, dueAt: number): Promise<void> {
    for (const planned of this.#watchers) planned.add(job);
    try {
      await this.schedule?.plan(job, dueAt);
    } catch {
      return;
    }
  }

  /** Collects the jobs that this process plans from now on. */
  watch(planned: Set<string>): { stop: () => void } {
    this.#watchers.add(planned);
    return { stop: () => void this.#watchers.delete(planned) };
  }
}
