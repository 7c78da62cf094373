import { toWireDate } from '../dates/wire-date.ts';
import { checkFields, checkOneOf, invalid } from '../projects/checked-fields.ts';
import { checkedId } from '../transport/checked-id.ts';
import { type FocusInput, type FocusRange, FocusType } from './focus.ts';

type WireFocus = Record<string, unknown>;

const LONGEST_NOTE = 5000;

/** The type as query. */
export function typeQuery(input: { type: FocusType }): { type: FocusType } {
  checkFields(input, 'type');
  checkOneOf(input.type, FocusType, 'type');
  return { type: input.type };
}

export function instantOf(wire: string): number {
  return Date.parse(`${wire.slice(0, 19)}Z`);
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
  const start = startTime === undefined ? undefined : toWireDate(startTime, 'startTime').wire;
  const end = endTime === undefined ? undefined : toWireDate(endTime, 'endTime').wire;
  if (start !== undefined && end !== undefined && instantOf(end) < instantOf(start)) {
    throw invalid('endTime', 'is before startTime');
  }
  return { ...input, startTime: start, endTime: end };
}

/** The bounds of a range in epoch milliseconds, in whole seconds as TickTick reads them. */
export function rangeOf(range: FocusRange): { from: number; to: number; type: FocusType } {
  checkFields(range, 'range');
  const { type } = typeQuery(range);
  const from = instantOf(toWireDate(range.from, 'from').wire);
  const to = instantOf(toWireDate(range.to, 'to').wire);
  if (to < from) throw invalid('to', 'is before from');
  return { from, to, type };
}
