/** A time in which a calendar is busy, in RFC 3339; `end` is not part of it. */
export interface BusyPeriod {
  start: string;
  end: string;
}

/** What is known of one calendar: when it is busy, or why Google can't say, which does not mean that it is free. */
export type CalendarBusy =
  | { busy: BusyPeriod[]; errors?: undefined }
  | {
      busy?: undefined;
      /** Google's reasons, such as `notFound`; `notAnswered` where it said nothing of the calendar. */
      errors: string[];
    };

/** A calendar that Google could say nothing of. */
export interface UnknownCalendar {
  calendarId: string;
  /** As in {@link CalendarBusy}. */
  errors: string[];
}
