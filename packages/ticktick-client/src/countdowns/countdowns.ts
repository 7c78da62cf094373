import type { TickTickService } from '../operations.ts';
import type { ListOptions } from '../skipped.ts';

/** A countdown to a day. Also has the fields that are not listed here. */
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

/** The user's countdowns, which the Open API can only list. */
export class Countdowns {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** Every countdown. Scope `tasks:read`. Documented, not tested against the service. */
  async list(options?: ListOptions): Promise<Countdown[]> {
    const { listCountdowns } = await import('./list-countdowns.ts');
    return await listCountdowns(this.#service, options);
  }
}
