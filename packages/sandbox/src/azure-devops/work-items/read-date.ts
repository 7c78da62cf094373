const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
/** A day of a month of a year. Alone, JavaScript takes `60` for a year, and passes over words before it. */
const DAY = new RegExp(
  String.raw`^\s*(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}|(?:[a-z]{3,9},? )?(?:${MONTH} \d{1,2},?|\d{1,2} ${MONTH}) \d{4})(?!\d)`,
  'i',
);

/** A date as Azure DevOps takes it, in epoch milliseconds; `undefined` for anything else. */
export function readDate(text: string): number | undefined {
  const ms = DAY.test(text) ? Date.parse(withZone(text)) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Without a zone a time is UTC, as is a day that isn't in ISO's form: never of this machine's zone. */
function withZone(text: string): string {
  if (/(?:Z|UTC|GMT|:\d\d(?:\.\d+)?[+-]\d\d:?\d\d)$/i.test(text)) return text;
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d[\d:.]*))?$/.exec(text) ?? [];
  if (day !== undefined) return time === undefined ? text : `${day}T${time}Z`;
  return `${text} UTC`;
}
