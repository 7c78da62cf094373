import type { Instant } from '../../time/instant.ts';
import type { Range } from '../../time/span.ts';
import type { WorkingHours } from './working-hours.ts';

/** What a free slot has to be like. */
export interface SlotOptions extends Range {
  /** From 1 to 10,080 (a week). */
  durationMinutes: number;
  /** IANA: whose clocks `workingHours` and the starts of slots go by. */
  timeZone: string;
  /** All day and night unless given. */
  workingHours?: WorkingHours | undefined;
  /** Minutes to keep free before and after what is busy; 0 unless given. */
  bufferMinutes?: number | undefined;
  /** Slots start at multiples of this after midnight, by the zone's clocks; 15 unless given. From 1 to 1,440. */
  granularityMinutes?: number | undefined;
  /** Slots at most; all unless given. */
  limit?: number | undefined;
}

/** {@link SlotOptions}, and what is busy: in any order, overlapping or not. What lasts no time blocks none. */
export interface FreeSlotOptions extends SlotOptions {
  busy: readonly { start: Instant; end: Instant }[];
}

/** A free time by the zone's clocks with their offset, ready to be an event's `dateTime`; `end` is not part of it. */
export interface Slot {
  /** `2026-11-23T09:00:00+01:00`. */
  start: string;
  end: string;
}

/** What was found. */
export interface FreeSlots {
  /** Every start at which the duration fits, in order: neighbours overlap. */
  slots: Slot[];
  /** The longest free working time, also where no slot fits; absent if there is none. The first of several. */
  longestGap?: Slot;
}
