import { invalid } from '../../invalid.ts';
import { checkedInstant } from '../../time/instant.ts';
import { checkedSlotOptions } from './checked-slot-options.ts';
import { searchSlots } from './search-slots.ts';
import type { FreeSlotOptions, FreeSlots } from './slot-options.ts';

/**
 * Where in `from` to `to` there is room beside what is busy: the part of `freeBusy.findSlots` that asks nobody, for
 * calendars that the host reads itself. Right on days when clocks change: a slot lasts its duration, and starts and
 * working hours are what the zone's clocks show. Throws {@link InvalidRequestError} naming the option that can't be.
 */
export function freeSlots(options: FreeSlotOptions): FreeSlots {
  const wanted = checkedSlotOptions(options);
  if (!Array.isArray(options.busy)) throw invalid('busy', 'is not a list');
  const busy = options.busy.map((period, index) => {
    const field = `busy[${index}]`;
    if (typeof period !== 'object' || period === null) throw invalid(field, 'is not an object');
    const start = checkedInstant(period.start, `${field}.start`).at;
    const end = checkedInstant(period.end, `${field}.end`).at;
    if (end < start) throw invalid(`${field}.end`, 'is before its start');
    return { start, end };
  });
  return searchSlots(wanted, busy);
}
