/** What the library is told of a series. */
export interface RuleInput {
  /** Lines of RFC 5545, with `DTSTART` unless `dtstart` is given. */
  rruleString: string;
  /** Temporal's form of the first moment: `2026-11-23T09:00:00+01:00[Europe/Berlin]`. */
  dtstart?: { timeZoneId: string; toString(): string };
}

interface Occurrence {
  readonly epochMilliseconds: number;
  readonly timeZoneId: string;
}

/** What is used of the library, which brings Temporal along for runtimes without it. */
export interface Rule {
  next(after: Date): Occurrence | null;
}

/** Loads the library with the first question: 50 kB that only recurring tasks and events need. */
export async function createRule(input: RuleInput): Promise<Rule> {
  const { RRuleTemporal } = await import('rrule-temporal');
  return new RRuleTemporal<Occurrence>({ ...input, includeDtstart: true });
}
