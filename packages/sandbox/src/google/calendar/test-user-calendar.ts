import { isJsonObject, type JsonObject, stringOf } from '../../json.ts';
import type { GoogleAccount, GoogleAccounts } from '../accounts.ts';
import { entryToWire } from './read/calendar-to-wire.ts';
import { eventToWire } from './read/event-to-wire.ts';
import type { AccessRole, CalendarData, MakeCalendar, SentMail, SyncRefusal } from './store/calendar-data.ts';
import type { Calendars } from './store/calendars.ts';
import { findEvent } from './store/instances.ts';
import type { Person, PurgeAnswer, StoredEvent } from './store/stored-event.ts';
import { insertEvent } from './write/insert-event.ts';
import { deleteEvent } from './write/move-event.ts';
import { patchEvent } from './write/update-event.ts';
import type { Writer } from './write/writer.ts';

/** An event as the API answers it. */
export interface SandboxEvent extends JsonObject {
  readonly id: string;
  readonly status: string;
  readonly etag: string;
}

/** A calendar as it stands on the account's list. */
export interface SandboxCalendar extends JsonObject {
  readonly id: string;
  readonly summary: string;
  readonly accessRole: AccessRole;
}

/** What a new calendar is like. */
export interface NewCalendar {
  /** Default: a new one at group.calendar.google.com. */
  readonly id?: string;
  readonly summary: string;
  /** IANA name. Default: Europe/Berlin. */
  readonly timeZone?: string;
  /** Default: `owner`. With any other role, the calendar belongs to someone else. */
  readonly accessRole?: AccessRole;
}

/**
 * An account's calendars, read and changed as the user and their colleagues do in Google's own apps: no tokens, roles or
 * quotas apply. Calendars go by their id. Default: the primary one. Changes are announced on channels.
 */
export interface TestUserCalendar {
  /** What stands on the account's list. */
  calendars(): SandboxCalendar[];
  /** Creates a calendar of the account, or shares someone else's with it. */
  addCalendar(calendar: NewCalendar): SandboxCalendar;
  /** Takes a calendar off the list, or brings it back; someone else's only as long as it is shared. */
  setListed(calendarId: string, isListed: boolean): void;
  /** Shares one of the account's calendars with someone; without a role, no longer. */
  shareCalendar(calendarId: string, email: string, role?: AccessRole): void;
  /** Deletes a calendar for everyone. */
  deleteCalendar(calendarId: string): void;
  /** Everything stored, deleted events too; series as such. */
  events(calendarId?: string): SandboxEvent[];
  /** Takes the fields that the API takes, and `organizer`; throws if the API would refuse. */
  addEvent(event: JsonObject, calendarId?: string): SandboxEvent;
  /** Changes as by PATCH; an instance of a series has its own id. */
  updateEvent(id: string, changes: JsonObject, calendarId?: string): SandboxEvent;
  /** Deletes as by DELETE: the event stays as `cancelled`. */
  deleteEvent(id: string, calendarId?: string): void;
  /** Deletes an event for good: its id stays taken. An update that would bring it back is refused with 403; with 404, nothing is found. */
  purgeEvent(id: string, calendarId?: string, answer?: PurgeAnswer): void;
  /** Every sync token so far is refused. Default: with 410 `fullSyncRequired`. */
  expireSyncTokens(calendarId?: string, refusal?: SyncRefusal): void;
  /** The same for the list of calendars. */
  expireListTokens(refusal?: SyncRefusal): void;
  /** The next lists begin with an empty page, which Google's may. Default: one list. */
  beginWithEmptyPage(lists?: number, calendarId?: string): void;
  /** A group whose members `freebusy.query` looks up. */
  addGroup(email: string, calendarIds: readonly string[]): void;
  /** Mail sent to guests of this account's calendars, by calendar, oldest first. */
  sentMail(): SentMail[];
}

export function createTestUserCalendar(parts: {
  account: GoogleAccount;
  accounts: GoogleAccounts;
  calendars: Calendars;
  make: MakeCalendar;
}): TestUserCalendar {
  const { account, accounts, calendars, make } = parts;
  const calendarOf = (id = 'primary'): CalendarData => {
    const open = calendars.find(account, id);
    if (!open) throw new RangeError(`${account.email} has no calendar ${id}`);
    return open.calendar;
  };
  const listed = (id: string): SandboxCalendar => {
    const found = calendars.of(account).find(({ calendar }) => calendar.id === id);
    if (!found) throw new RangeError(`${account.email} has no calendar ${id} on the list`);
    return entryToWire(found) as SandboxCalendar;
  };
  const writerFor = (calendarId?: string): Writer => ({
    account,
    calendar: calendarOf(calendarId),
    anything: true,
    options: { sendUpdates: 'none', conferences: true, attachments: true },
    accounts,
    calendars,
  });
  return {
    calendars: () => calendars.of(account).map((open) => entryToWire(open) as SandboxCalendar),
    addCalendar: ({ id, summary, timeZone = 'Europe/Berlin', accessRole = 'owner' }) => {
      const newId = id ?? `c_${crypto.randomUUID().replaceAll('-', '')}@group.calendar.google.com`;
      const stranger = { sub: '', email: `owner.of.${newId}`, name: summary };
      const owner = accessRole === 'owner' ? account : stranger;
      const calendar = make({ id: newId, summary, timeZone, owner });
      if (accessRole !== 'owner') calendars.share(calendar, account.email, accessRole);
      return listed(newId);
    },
    setListed: (calendarId, isListed) => {
      const list = calendars.listOf(account.email);
      if (isListed) list.put(calendarOf(calendarId).id, { selected: true });
      else list.remove(calendarOf(calendarId).id);
    },
    shareCalendar: (calendarId, email, role) => calendars.share(calendarOf(calendarId), email, role),
    deleteCalendar: (calendarId) => calendars.remove(calendarOf(calendarId)),
    expireListTokens: (refusal = 'fullSyncRequired') => {
      const list = calendars.listOf(account.email);
      list.syncGeneration += 1;
      list.syncRefusal = refusal;
    },
    events: (calendarId) => {
      const calendar = calendarOf(calendarId);
      return [...calendar.events.values()].map((event) => toSandboxEvent(event, calendar));
    },
    addEvent: (event, calendarId) => {
      const writer = writerFor(calendarId);
      return toSandboxEvent(insertEvent(writer, event, organizerIn(event)), writer.calendar);
    },
    updateEvent: (id, changes, calendarId) => {
      const writer = writerFor(calendarId);
      const event = eventOf(writer.calendar, id);
      return toSandboxEvent(patchEvent(writer, event, changes), writer.calendar);
    },
    deleteEvent: (id, calendarId) => {
      const writer = writerFor(calendarId);
      deleteEvent(writer, eventOf(writer.calendar, id));
    },
    purgeEvent: (id, calendarId, answer = 403) => {
      const writer = writerFor(calendarId);
      const event = eventOf(writer.calendar, id);
      if (event.status !== 'cancelled') deleteEvent(writer, event);
      event.purged = answer;
    },
    expireSyncTokens: (calendarId, refusal = 'fullSyncRequired') => {
      const calendar = calendarOf(calendarId);
      calendar.syncGeneration += 1;
      calendar.syncRefusal = refusal;
    },
    beginWithEmptyPage: (lists = 1, calendarId) => {
      calendarOf(calendarId).emptyFirstPages += lists;
    },
    addGroup: (email, calendarIds) => {
      calendars.groups.set(email, calendarIds);
    },
    sentMail: () => calendars.of(account).flatMap(({ calendar }) => calendar.sentMail),
  };
}

function eventOf(calendar: CalendarData, id: string): StoredEvent {
  const event = findEvent(calendar, id);
  if (!event) throw new RangeError(`There is no event ${id} on ${calendar.id}`);
  return event;
}

function organizerIn({ organizer }: JsonObject): Person | undefined {
  if (!isJsonObject(organizer) || typeof organizer['email'] !== 'string') return undefined;
  return { email: organizer['email'], displayName: stringOf(organizer['displayName']) };
}

function toSandboxEvent(event: StoredEvent, calendar: CalendarData): SandboxEvent {
  return eventToWire(event, calendar, { role: 'owner' }) as SandboxEvent;
}
