/** Recurring tasks: TickTick's rules as data, and when a task occurs next. */
export type { RecurrenceFrequency, RecurrenceRule } from '@context-sdk/oauth-core/recurrence';
export {
  nextOccurrences,
  type Occurrence,
  type OccurrenceOptions,
  type RecurringDates,
} from './next-occurrences.ts';
export { type Recurrence, recurrence } from './recurrence.ts';
