/** A habit; dates are milliseconds since the epoch. */
export interface Habit {
  readonly id: string;
  readonly createdTime: number;
  name: string;
  iconRes: string;
  color: string;
  sortOrder: number;
  /** 0 active, 1 archived. */
  status: number;
  encouragement: string;
  totalCheckIns: number;
  modifiedTime: number;
  type: string;
  goal: number;
  step: number;
  unit: string;
  etag: string;
  repeatRule: string;
  reminders: string[];
  recordEnable: boolean;
  sectionId: string | undefined;
  targetDays: number;
  /** YYYYMMDD. */
  targetStartDate: number;
  completedCycles: number;
  exDates: string[];
  style: number;
}

/** A heading above habits. */
export interface HabitSection {
  readonly id: string;
  readonly name: string;
  readonly sortOrder: number;
  readonly createdTime: number;
  readonly etag: string;
}

/** The check-ins of one habit in one year. */
export interface HabitYear {
  readonly id: string;
  readonly habitId: string;
  readonly year: number;
  readonly createdTime: number;
  modifiedTime: number;
  etag: string;
  /** By stamp. */
  readonly checkins: Map<number, Checkin>;
}

/** A habit's day. */
export interface Checkin {
  readonly id: string;
  /** YYYYMMDD. */
  readonly stamp: number;
  readonly time: number | undefined;
  readonly opTime: number | undefined;
  readonly value: number;
  readonly goal: number;
  /** 2 reached, 0 not yet. */
  readonly status: number;
}
