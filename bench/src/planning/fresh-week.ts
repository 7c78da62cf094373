import { SLOTS, SLOTS_PER_DAY, type Week } from './week.ts';

/** Numbers from 0 to 1: the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A week with meetings, and with work for this part of its free time. */
export function freshWeek(random: () => number, load: number): Week {
  const below = (count: number): number => Math.floor(random() * count);
  const busy = new Set<number>();
  const meetings = 16 + below(19);
  while (busy.size < meetings) {
    const start = below(SLOTS);
    const dayEnd = (Math.floor(start / SLOTS_PER_DAY) + 1) * SLOTS_PER_DAY;
    for (let slot = start; slot < Math.min(dayEnd, start + 1 + below(4)); slot += 1) busy.add(slot);
  }
  const work = load * (SLOTS - busy.size);
  const jobs: Week['jobs'] = [];
  for (let done = 0; done < work; done += jobs.at(-1)?.duration ?? 0) {
    const duration = random() < 0.5 ? 1 + below(3) : 3 + below(8);
    const release = random() < 0.4 ? 1 + below(38) : 0;
    const due = Math.min(SLOTS, release + duration + 8 + below(44));
    jobs.push({ duration, release, due, weight: 2 ** below(4) });
  }
  return { busy: [...busy].toSorted((one, other) => one - other), jobs };
}
