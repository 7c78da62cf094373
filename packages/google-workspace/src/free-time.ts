/** Free time, calculated without a client. */
export { freeSlots, type FreeSlots, freeTime, type Slot } from './calendar/free-busy/free-slots.ts';
export type { FreeSlotOptions, FreeTimeOptions, SlotOptions } from './calendar/free-busy/slot-options.ts';
export type { Weekday, WorkingHours } from './calendar/free-busy/working-hours.ts';
