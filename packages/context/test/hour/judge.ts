import type { Machine } from './fleet.ts';

/** A machine that died so soon after it told may not have noted that it did. */
const NOTING_MS = 10_000;

interface Change {
  at: number;
  told: { at: number; by: Machine }[];
}

/** What became of the changes. Times in milliseconds. */
export interface Judgment {
  changes: number;
  lost: string[];
  /** Told twice, though who told first was not about to die. */
  twice: string[];
  /** Told again since who told first died with it. */
  retold: number;
  /** Events that nobody made. */
  strays: string[];
  /** How long after the change, or after the service had recovered, the latest was told. */
  latestMs: number;
  latest: string;
}

/** Whether each change is told once and in time. */
export class Judge {
  readonly #changes = new Map<string, Change>();
  readonly #strays: string[] = [];

  made(key: string, at: number): void {
    this.#changes.set(key, { at, told: [] });
  }

  told(key: string, at: number, by: Machine): void {
    const change = this.#changes.get(key);
    if (change === undefined) this.#strays.push(key);
    else change.told.push({ at, by });
  }

  /** `countedFrom`: when a change could first be seen. */
  judge(countedFrom: (key: string, at: number) => number): Judgment {
    const judgment: Judgment = {
      changes: this.#changes.size,
      lost: [],
      twice: [],
      retold: 0,
      strays: this.#strays,
      latestMs: 0,
      latest: '',
    };
    for (const [key, { at, told }] of this.#changes) {
      const [first, ...more] = told;
      if (first === undefined) {
        judgment.lost.push(key);
        continue;
      }
      const delayMs = first.at - countedFrom(key, at);
      if (delayMs > judgment.latestMs) Object.assign(judgment, { latestMs: delayMs, latest: key });
      let teller = first;
      for (const next of more) {
        const { diedAt } = teller.by;
        if (diedAt !== undefined && diedAt - teller.at < NOTING_MS) judgment.retold += 1;
        else judgment.twice.push(key);
        teller = next;
      }
    }
    return judgment;
  }
}
