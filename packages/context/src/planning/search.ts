import type { Stretch } from './free-minutes.ts';
import type { Job } from './job.ts';
import { type Choice, type Placement, Placing, type Rules, type Way } from './place.ts';

/** How many jobs are placed before the search ends: some 15 ms. A limit in time would make plans depend on the machine. */
const MAX_PLACED = 50_000;
/** Jobs that get another place in the order when the search is stuck. */
const MOVED_WHEN_STUCK = 3;

const WAYS: readonly Way[] = ['first', 'last', 'any'];

export interface SearchLimits extends Rules {
  /** For a plan that is only compared with others. */
  maxPlaced?: number | undefined;
}

interface Candidate extends Choice {
  placement: Placement;
}

/**
 * The best placement found: from two orders (due first, important first) by moving single jobs in the order as long as it helps,
 * then again from the best order with a few jobs moved at random, always the same ones.
 */
export function bestPlacement(
  jobs: readonly Job[],
  stretches: readonly Stretch[],
  { maxPlaced = MAX_PLACED, ...rules }: SearchLimits = {},
): Placement {
  return new Search(jobs, stretches, rules, maxPlaced).run();
}

class Search {
  readonly #jobs: readonly Job[];
  readonly #stretches: readonly Stretch[];
  readonly #random = repeatableRandom();
  readonly #rules: Rules;
  #left: number;

  constructor(jobs: readonly Job[], stretches: readonly Stretch[], rules: Rules, maxPlaced: number) {
    this.#jobs = jobs;
    this.#stretches = stretches;
    this.#rules = rules;
    this.#left = maxPlaced;
  }

  run(): Placement {
    const ways = this.#jobs.map((): Way => 'first');
    let best = this.#improved(this.#candidate({ order: this.#dueFirst(), ways }));
    if (this.#isWorthMore(best)) {
      const other = this.#improved(this.#candidate({ order: this.#importantFirst(), ways }));
      if (other.placement.cost < best.placement.cost) best = other;
    }
    while (this.#isWorthMore(best)) {
      const next = this.#improved(this.#candidate(this.#shaken(best)));
      if (next.placement.cost <= best.placement.cost) best = next;
    }
    return this.#earlier(best).placement;
  }

  #isWorthMore({ placement }: Candidate): boolean {
    return placement.cost > 0 && this.#left > 0 && this.#jobs.length > 1;
  }

  #candidate(choice: Choice): Candidate {
    this.#left -= this.#jobs.length;
    return { ...choice, placement: this.#nothing().choose(choice).finish() };
  }

  /** An order whose first jobs, up to `from`, are placed already. */
  #continued(before: Placing, choice: Choice, from: number): Candidate {
    this.#left -= choice.order.length - from;
    return { ...choice, placement: before.copy().choose(choice, from).finish() };
  }

  #nothing(): Placing {
    return Placing.of(this.#jobs, this.#stretches, this.#rules);
  }

  #dueFirst(): number[] {
    return this.#sorted((a, b) => compare(a.due, b.due) || b.weight - a.weight);
  }

  #importantFirst(): number[] {
    return this.#sorted((a, b) => b.weight - a.weight || compare(a.due, b.due));
  }

  #sorted(by: (a: Job, b: Job) => number): number[] {
    return [...this.#jobs.keys()].toSorted((a, b) => by(this.#jobs[a] as Job, this.#jobs[b] as Job));
  }

  #improved(start: Candidate): Candidate {
    let best = start;
    for (let before = Number.POSITIVE_INFINITY; best.placement.cost < before && this.#isWorthMore(best);) {
      before = best.placement.cost;
      for (const job of this.#jobs.keys()) best = this.#bestPlaceOf(job, best);
    }
    return best;
  }

  /** The job at each place in the order, and by each way to choose its time. */
  #bestPlaceOf(job: number, current: Candidate): Candidate {
    let best = current;
    const consider = (candidate: Candidate): void => {
      if (candidate.placement.cost < best.placement.cost) best = candidate;
    };
    const others = { ...current, order: current.order.filter((other) => other !== job) };
    const was = current.order.indexOf(job);
    const before = this.#nothing();
    for (let turn = 0; turn <= others.order.length && this.#left > 0; turn += 1) {
      const order = others.order.toSpliced(turn, 0, job);
      if (turn !== was) consider(this.#continued(before, { ...current, order }, turn));
      if (turn < others.order.length) before.choose(others, turn, turn + 1);
    }
    for (const way of WAYS) {
      if (way !== best.ways[job]) consider(this.#candidate({ ...best, ways: best.ways.with(job, way) }));
    }
    return best;
  }

  #shaken({ order, ways }: Choice): Choice {
    const shaken = [...order];
    for (let move = 0; move < MOVED_WHEN_STUCK; move += 1) {
      const [job = 0] = shaken.splice(this.#random(shaken.length), 1);
      shaken.splice(this.#random(shaken.length + 1), 0, job);
    }
    const turned = this.#random(order.length);
    return { order: shaken, ways: ways.with(turned, WAYS[this.#random(WAYS.length)] ?? 'first') };
  }

  /** Nothing waits for its last moment unless that helps another. */
  #earlier(found: Candidate): Candidate {
    let best = found;
    for (const job of this.#jobs.keys()) {
      if (best.ways[job] === 'first') continue;
      const earlier = this.#candidate({ ...best, ways: best.ways.with(job, 'first') });
      if (earlier.placement.cost <= best.placement.cost) best = earlier;
    }
    return best;
  }
}

/** Two due times may both be `Infinity`, whose difference is not a number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A linear congruential generator: the same input must give the same plan. */
function repeatableRandom(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
