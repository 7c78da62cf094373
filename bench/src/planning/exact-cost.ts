import { SLOTS, SLOTS_PER_DAY, type Week } from './week.ts';

/** What a solver says of a program. */
export interface Solver {
  solve(program: string, options: { time_limit: number }): { Status: string; ObjectiveValue: number };
}

/** Seconds after which a week counts as too hard. */
const TIME_LIMIT = 120;
/** Any longer piece is made of these. */
const LENGTHS = [2, 3];

/** The least cost of a week, proven by a solver, or `undefined` if it takes too long. */
export function exactCost(solver: Solver, week: Week): number | undefined {
  const { Status, ObjectiveValue } = solver.solve(programOf(week), { time_limit: TIME_LIMIT });
  return Status === 'Optimal' ? Math.round(ObjectiveValue) : undefined;
}

/**
 * The week as a mixed-integer program in CPLEX' LP format. `x` is 1 where a job begins a stretch of so many slots: stretches that touch are one
 * piece. `u` counts the slots of a job without a place, and `b` is 1 if there are any.
 */
function programOf({ busy, jobs }: Week): string {
  const taken = new Set(busy);
  const costs: string[] = [];
  const rules: string[] = [];
  const whole: string[] = [];
  const users = Array.from({ length: SLOTS }, (): string[] => []);
  for (const [job, { duration, release, due, weight }] of jobs.entries()) {
    const lengths = duration === 1 ? [1] : LENGTHS.filter((length) => length <= duration);
    const [least = 1] = lengths;
    const placed: string[] = [];
    for (let start = release; start < SLOTS; start += 1) {
      for (const length of lengths) {
        const slots = Array.from({ length }, (_, index) => start + index);
        const isInDay = (start % SLOTS_PER_DAY) + length <= SLOTS_PER_DAY;
        if (!isInDay || slots.some((slot) => taken.has(slot))) continue;
        const name = `x${job}_${start}_${length}`;
        const late = slots.filter((slot) => slot >= due).length;
        if (late > 0) costs.push(`${late * weight} ${name}`);
        for (const slot of slots) users[slot]?.push(name);
        placed.push(`${length} ${name}`);
        whole.push(name);
      }
    }
    rules.push(`${[...placed, `u${job}`].join(' + ')} = ${duration}`);
    rules.push(`u${job} - ${least} b${job} >= 0`, `u${job} - ${duration} b${job} <= 0`);
    whole.push(`b${job}`);
    costs.push(`${weight} u${job}`);
  }
  for (const names of users) if (names.length > 1) rules.push(`${names.join(' + ')} <= 1`);
  return [
    'Minimize',
    ` obj: ${costs.join('\n + ')}`,
    'Subject To',
    ...rules.map((rule, index) => ` r${index}: ${rule}`),
    'Binary',
    ...whole.map((name) => ` ${name}`),
    'End',
  ].join('\n');
}
