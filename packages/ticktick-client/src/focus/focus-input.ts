import { checkOptions, DAY_MS, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { checkedSpan, type Span, toWireDate } from '../dates/date-input.ts';
import { errors } from '../errors.ts';
import { checkedId, checkFields, checkOneOf, checkWholeNumber } from '../input.ts';
import { type FocusInput, type FocusRange, FocusType } from './focus.ts';

type WireFocus = Record<string, unknown>;

const MAX_NOTE_LENGTH = 5000;
/** TickTick silently ignores all but the last 30 days of a longer range. */
const MAX_DAYS = 30;
/** A focus that crosses the border of two windows is completely inside one of them, whichever of its times counts. */
const OVERLAP_DAYS = 1;

/** The type as query. */
export function typeQuery(input: { type: FocusType }): { type: FocusType } {
  checkFields(input, 'type');
  checkOneOf(input.type, FocusType, 'type');
  return { type: input.type };
}

/** A focus in TickTick's form. Throws {@link InvalidRequestError} naming the field. */
export function wireFocus(input: FocusInput): WireFocus {
  checkFields(input, 'focus', { note: 'string', relationType: 'number[]' });
  checkOneOf(input.type, FocusType, 'type');
  const { taskId, note = '', pauseDuration, duration } = input;
  if (taskId !== undefined) checkedId(taskId, 'taskId');
  if (note.length > MAX_NOTE_LENGTH) {
    throw errors.invalid('note', `is longer than ${MAX_NOTE_LENGTH} characters`);
  }
  checkWholeNumber(pauseDuration, 'pauseDuration');
  checkWholeNumber(duration, 'duration');
  const startTime = toWireDate(input.startTime, 'startTime');
  const endTime = toWireDate(input.endTime, 'endTime');
  if (startTime !== undefined && endTime !== undefined && endTime < startTime) {
    throw errors.invalid('endTime', 'is before startTime');
  }
  return { ...input, startTime, endTime };
}

/** A name that is none would narrow nothing. */
const RANGE: OptionTypes<FocusRange> = { from: 'object|string', to: 'object|string', type: 'number' };

export function checkedRange(range: FocusRange): Span & { type: FocusType } {
  checkFields(range, 'range');
  checkOptions(range, RANGE, errors.invalid, 'range');
  return { ...typeQuery(range), ...checkedSpan(range) };
}

/** The span in windows that TickTick answers completely. */
export function* windowsOf({ from, to }: Span): Generator<Span> {
  for (let start = from; ; start += (MAX_DAYS - OVERLAP_DAYS) * DAY_MS) {
    const end = Math.min(start + MAX_DAYS * DAY_MS, to);
    yield { from: start, to: end };
    if (end === to) return;
  }
}
