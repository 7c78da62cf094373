import type ICAL from 'ical.js';

type Zone = InstanceType<typeof ICAL.Timezone>;
type Recur = InstanceType<typeof ICAL.Recur>;

/** Days that every month has. */
const LAST_DAY = 28;

/**
 * Throws for a VTIMEZONE with a rule that no zone has. The library looks for each of its changes since it began: for those of every
 * minute it takes minutes, and for 30 February, if that is a Monday, it never ends.
 */
export function checkZoneRules(zone: Zone | undefined): void {
  const observances = zone?.component?.getAllSubcomponents() ?? [];
  const rules = observances.flatMap((one) => one.getAllProperties('rrule'));
  const isOdd = rules.some((rule) => !isYearly(rule.getFirstValue() as Recur));
  if (isOdd) throw new RangeError('The VTIMEZONE has a rule that no zone has.');
}

/** Once a year, such as `FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14`. */
function isYearly({ freq, parts }: Recur): boolean {
  const { BYDAY: weekdays = [], BYMONTHDAY: days = [], BYMONTH: months = [], ...others } = parts;
  return (
    freq === 'YEARLY' &&
    Object.keys(others).length === 0 &&
    weekdays.length <= 1 &&
    months.length <= 1 &&
    days.every((day) => weekdays.length === 0 || Math.abs(day) <= LAST_DAY)
  );
}
