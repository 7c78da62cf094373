import type { GoogleAccount } from '../../accounts.ts';
import { forbidden, notFound } from '../../api/failures.ts';
import { type AccessRole, type CalendarData, isAtLeast } from './calendar-data.ts';

/** A calendar as one user sees it. */
export interface OpenCalendar {
  readonly calendar: CalendarData;
  readonly role: AccessRole;
}

/** Every calendar of every account. */
export class Calendars {
  /** Calendar ids by the address of their group. */
  readonly groups: Map<string, readonly string[]> = new Map();

  readonly #byId = new Map<string, CalendarData>();
  #seed: (() => void) | undefined;

  /** The seed is sown when the calendars are first needed. */
  constructor(seed: () => void) {
    this.#seed = seed;
  }

  add(calendar: CalendarData): void {
    this.#sown().set(calendar.id, calendar);
  }

  /** The calendar, by its id or `primary`, if the user has it on their list. */
  find(account: GoogleAccount, id: string): OpenCalendar | undefined {
    const calendar = this.#sown().get(id === 'primary' ? account.email : id);
    const role = calendar?.access.get(account.email);
    return calendar && role && { calendar, role };
  }

  /** The same. Throws a 404 if there is none, a 403 if the user's role is below `minimum`. */
  open(account: GoogleAccount, id: string, minimum: AccessRole): OpenCalendar {
    const open = this.find(account, id);
    if (!open) throw notFound();
    if (!isAtLeast(open.role, minimum)) throw forbidden();
    return open;
  }

  /** Everything on the user's list, oldest first. */
  of(account: GoogleAccount): OpenCalendar[] {
    return [...this.#sown().values()].flatMap((calendar) => {
      const role = calendar.access.get(account.email);
      return role ? [{ calendar, role }] : [];
    });
  }

  #sown(): Map<string, CalendarData> {
    const seed = this.#seed;
    this.#seed = undefined;
    seed?.();
    return this.#byId;
  }
}
