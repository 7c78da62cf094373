/** When an event starts or ends, as Google answers it: `dateTime` with an offset, or `date` for all day. */
export interface EventTime {
  /** `2026-11-23T09:00:00+01:00`. */
  dateTime?: string;
  /** `2026-12-24`. The `date` of an end is the first day after the event. */
  date?: string;
  /** IANA. */
  timeZone?: string;
}

/**
 * When an event shall start or end: either `dateTime` or `date`. A `Date` is sent with the offset that `timeZone` has
 * then; a text without an offset, `2026-11-23T09:00:00`, is what the clocks of `timeZone` show.
 */
export interface EventTimeInput {
  dateTime?: string | Date | undefined;
  /** The `date` of an end is the first day after the event. */
  date?: string | undefined;
  /** IANA. Needed for recurring events, whose times follow its clocks, and for texts without an offset. */
  timeZone?: string | undefined;
}
