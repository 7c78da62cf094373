import type { GoogleAccount } from '../../accounts.ts';
import { forbidden, notFound } from '../../api/failures.ts';
import { type AccessRole, type CalendarData, isAtLeast } from './calendar-data.ts';
import { CalendarList, type ListEntry } from './calendar-list.ts';

/** A calendar as one user sees it. */
export interface OpenCalendar {
  readonly calendar: CalendarData;
  readonly role: AccessRole;
}

/** The same, on the user's list. */
export interface ListedCalendar extends OpenCalendar {
  readonly entry: ListEntry;
}

/** Every calendar of every account, and each account's list. */
export class Calendars {
  /** Calendar ids by the address of their group. */
  readonly groups: Map<string, readonly string[]> = new Map();

  readonly #byId = new Map<string, CalendarData>();
  readonly #lists = new Map<string, CalendarList>();
  readonly #onListChange: (email: string) => void;
  #seed: (() => void) | undefined;

  /** The seed is sown when the calendars are first needed. */
  constructor(seed: () => void, onListChange: (email: string) => void) {
    this.#seed = seed;
    this.#onListChange = onListChange;
  }

  /** A new calendar, on its owner's list. */
  add(calendar: CalendarData): void {
    this.#sown().set(calendar.id, calendar);
    this.listOf(calendar.owner.email).put(calendar.id, { selected: true });
  }

  /** Gives someone a role, and puts the calendar on their list; without a role, takes it away. */
  share(calendar: CalendarData, email: string, role: AccessRole | undefined): void {
    calendar.noteRule(`user:${email}`);
    if (role === undefined) {
      calendar.access.delete(email);
      this.listOf(email).remove(calendar.id);
      return;
    }
    calendar.access.set(email, role);
    const list = this.listOf(email);
    list.put(calendar.id, list.entries.get(calendar.id)?.fields ?? { selected: true });
  }

  /** The calendar itself has changed, for everyone who has it on their list. */
  touch(calendar: CalendarData): void {
    for (const list of this.#lists.values()) list.touch(calendar.id);
  }

  /** Deletes a calendar for everyone. */
  remove(calendar: CalendarData): void {
    this.#sown().delete(calendar.id);
    for (const list of this.#lists.values()) list.remove(calendar.id);
  }

  listOf(email: string): CalendarList {
    this.#sown();
    const list = this.#lists.get(email) ?? new CalendarList();
    this.#lists.set(email, list);
    list.onChange = () => this.#onListChange(email);
    return list;
  }

  byId(id: string): CalendarData | undefined {
    return this.#sown().get(id);
  }

  /** The calendar, by its id or `primary`, if the user may see anything of it. */
  find(account: GoogleAccount, id: string): OpenCalendar | undefined {
    const calendar = this.#sown().get(id === 'primary' ? account.email : id);
    const role = calendar?.roleOf(account.email);
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
  of(account: GoogleAccount): ListedCalendar[] {
    return [...this.listOf(account.email).entries.values()].flatMap((entry) => {
      const open = entry.isDeleted ? undefined : this.find(account, entry.calendarId);
      return open ? [{ ...open, entry }] : [];
    });
  }

  #sown(): Map<string, CalendarData> {
    const seed = this.#seed;
    this.#seed = undefined;
    seed?.();
    return this.#byId;
  }
}
