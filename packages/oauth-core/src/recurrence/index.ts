/** Recurrence rules of RFC 5545, for clients of services whose tasks and events recur. */
export {
  formatRecurrenceRule,
  parseRecurrenceRule,
  type RecurrenceFrequency,
  type RecurrenceRule,
} from './recurrence-rule.ts';
export {
  type DaySeries,
  occurrenceDays,
  occurrenceTimes,
  type TimeSeries,
  withDayUntil,
  withTimeUntil,
} from './occurrences.ts';
