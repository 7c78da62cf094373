import { checkedSpan, type Span } from '../dates/span.ts';
import { toWireDate } from '../dates/wire-date.ts';
import { checkFields, checkOneOf } from '../input/checked-fields.ts';
import { checkedId } from '../input/checked-id.ts';
import { invalid } from '../input/invalid.ts';
import { type FocusInput, type FocusRange, FocusType } from './focus.ts';

type WireFocus = Record<string, unknown>;

const LONGEST_NOTE = 5000;

/** The type as query. */
export function typeQuery(input: { type: FocusType }): { type: FocusType } {
  checkFields(input, 'type');
  checkOneOf(input.type, FocusType, 'type');
  return { type: input.type };
}

function checkSeconds(value: number | undefined, field: string): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
    throw invalid(field, 'is not a whole number of seconds');
  }
}

/** A focus in TickTick's form. Throws {@link InvalidRequestError} naming the field. */
export function wireFocus(input: FocusInput): WireFocus {
  checkFields(input, 'focus', { note: 'string', relationType: 'number[]' });
  checkOneOf(input.type, FocusType, 'type');
  const { taskId, note, pauseDuration, duration, startTime, endTime } = input;
  if (taskId !== undefined) checkedId(taskId, 'taskId');
  if (note !== undefined && note.length > LONGEST_NOTE)
    throw invalid('note', `is longer than ${LONGEST_NOTE} characters`);
  checkSeconds(pauseDuration, 'pauseDuration');
  checkSeconds(duration, 'duration');
  const start = toWireDate(startTime, 'startTime');
  const end = toWireDate(endTime, 'endTime');
  if (start !== undefined && end !== undefined && end < start)
    throw invalid('endTime', 'is before startTime');
  return { ...input, startTime: start, endTime: end };
}

export function checkedRange(range: FocusRange): Span & { type: FocusType } {
  checkFields(range, 'range');
  return { ...typeQuery(range), ...checkedSpan(range) };
}
