/** Weekdays that limit a series, and what is then asked of the library. */
export interface WeekdayLimit {
  lines: readonly string[];
  /** 0 is Sunday. Undefined: the lines say it all. */
  weekdays?: ReadonlySet<number>;
  /** How many there are, which the library can't tell without the weekdays. */
  count?: number;
}

const NAMES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/**
 * In a yearly rule, BYDAY limits the days of BYYEARDAY (RFC 5545 §3.3.10, note 2 of the table); rrule-temporal 2.2 passes
 * over it. Rules with positions, and those with a count beside other lines, stay as the library reads them.
 */
export function weekdayLimit(lines: readonly string[]): WeekdayLimit {
  const rule = lines.find((line) => /^RRULE:/i.test(line)) ?? '';
  const parts = new Map(
    rule
      .slice('RRULE:'.length)
      .toUpperCase()
      .split(';')
      .map((part): [string, string] => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']),
  );
  const [days, count] = [parts.get('BYDAY')?.split(',') ?? [], parts.get('COUNT')];
  const isLimited = parts.get('FREQ') === 'YEARLY' && parts.has('BYYEARDAY') && days.length > 0;
  const isLeft = parts.has('BYSETPOS') || (count !== undefined && lines.length > 1);
  if (!isLimited || isLeft || !days.every((day) => NAMES.includes(day))) return { lines };
  parts.delete('BYDAY');
  parts.delete('COUNT');
  const plain = `RRULE:${[...parts].map((part) => part.join('=')).join(';')}`;
  return {
    lines: lines.map((line) => (line === rule ? plain : line)),
    weekdays: new Set(days.map((day) => NAMES.indexOf(day))),
    ...(count !== undefined && { count: Number(count) }),
  };
}
