/** A habit, with times as TickTick writes them. Also has the fields that are not listed here. */
export interface Habit {
  id: string;
  name: string;
  iconRes?: string;
  color?: string;
  sortOrder?: number;
  status?: number;
  encouragement?: string;
  totalCheckIns?: number;
  createdTime?: string;
  modifiedTime?: string;
  archivedTime?: string;
  /** `Boolean`, or another type that the documentation does not name. */
  type?: string;
  goal?: number;
  step?: number;
  unit?: string;
  etag?: string;
  /** `RRULE:FREQ=DAILY;INTERVAL=1` */
  repeatRule?: string;
  reminders?: string[];
  recordEnable?: boolean;
  sectionId?: string;
  targetDays?: number;
  /** The day as a number: 20260407. */
  targetStartDate?: number;
  completedCycles?: number;
  exDates?: string[];
  style?: number;
}

/** A heading above habits. */
export interface HabitSection {
  id: string;
  name: string;
  sortOrder?: number;
  createdTime?: string;
  modifiedTime?: string;
  etag?: string;
}

/** A habit's day. */
export interface HabitDay {
  id?: string;
  /** The day as a number: 20260407. */
  stamp: number;
  time?: string;
  opTime?: string;
  value?: number;
  goal?: number;
  status?: number;
}

/** The check-ins of one habit in one year. */
export interface HabitCheckin {
  id?: string;
  habitId: string;
  createdTime?: string;
  modifiedTime?: string;
  etag?: string;
  year?: number;
  checkins: HabitDay[];
}
