/** A countdown to a day. Fields that are not named here are there too. */
export interface Countdown {
  id: string;
  type?: number;
  iconRes?: string;
  color?: string;
  name: string;
  /** The day as a number: 20260407. */
  date?: number;
  ignoreYear?: boolean;
  showCalendarType?: number;
  /** iCalendar triggers such as `TRIGGER:-PT15M`. */
  reminders?: string[];
  annoyingAlert?: number;
  /** `RRULE:…` or one of TickTick's own rules. */
  repeatFlag?: string;
  remark?: string;
  status?: number;
  sortOrder?: number;
  style?: string;
  styleColor?: string[];
  dateDisplayFormat?: string;
  timerMode?: number;
  showAge?: boolean;
  daysOption?: number;
  showRemark?: boolean;
  createdTime?: string;
  modifiedTime?: string;
}
