import { formatRecurrenceRule, parseRecurrenceRule } from '@context-sdk/oauth-core/recurrence';
import { invalid } from '../../errors.ts';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/**
 * A rule for a start on another day. One that names no days follows the start; of one that names the former weekday alone, that moves along, as
 * in Google Calendar. Throws {@link InvalidRequestError} at `recurrence` for one that names others: the start would be an
 * instance beside those of the rule.
 */
export function movedRule(line: string, from: string, to: string): string {
  const rule = /^RRULE:/i.test(line) ? parseRecurrenceRule(line) : undefined;
  if (rule === undefined || from === to) return line;
  const { frequency, byDay = [], byMonthDay = [], other = {} } = rule;
  const [former, weekday] = [weekdayOf(from), weekdayOf(to)];
  const namesDates = byMonthDay.length > 0 || 'BYYEARDAY' in other || 'BYWEEKNO' in other;
  if (!namesDates && (byDay.length === 0 || byDay.includes(weekday))) return line;
  if (!namesDates && frequency === 'WEEKLY' && byDay.length === 1 && byDay[0] === former)
    return formatRecurrenceRule({ ...rule, byDay: [weekday] });
  throw invalid('recurrence', "is needed: the series' rule names days, and start is on another one");
}

function weekdayOf(day: string): string {
  return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
}
