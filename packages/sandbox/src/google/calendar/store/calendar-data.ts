import type { JsonObject } from '../../../json.ts';
import type { Random } from '../../../random.ts';
import type { Clock } from '../../../time/clock.ts';
import type { GoogleAccount } from '../../accounts.ts';
import type { StoredEvent } from './stored-event.ts';

/** What a user may do with a calendar, from little to everything. */
export const ACCESS_ROLES = [
  'freeBusyReader',
  'reader',
  'writerWithoutPrivateAccess',
  'writer',
  'owner',
] as const;

/** What a user may do with a calendar. */
export type AccessRole = (typeof ACCESS_ROLES)[number];

export function isAtLeast(role: AccessRole, minimum: AccessRole): boolean {
  return ACCESS_ROLES.indexOf(role) >= ACCESS_ROLES.indexOf(minimum);
}

/** A mail that Google sent to an event's guests. */
export interface SentMail {
  readonly kind: 'invitation' | 'update' | 'cancellation';
  readonly calendarId: string;
  readonly eventId: string;
  readonly to: readonly string[];
}

/** How an expired sync token is refused: 410 with `fullSyncRequired`, 410 with another reason, or 400 at `syncToken`. */
export type SyncRefusal = 'fullSyncRequired' | 'gone' | 'invalid';

const ID_CHARACTERS = '0123456789abcdefghijklmnopqrstuv';

/** What is left of a list after some of its pages. */
export interface ListSnapshot {
  readonly items: readonly JsonObject[];
  /** The parameters that all pages share. */
  readonly parameters: string;
  /** For the last page. */
  readonly nextSyncToken: string | undefined;
}

/** What a calendar is from the beginning. */
export interface CalendarDetails {
  readonly id: string;
  readonly summary: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly owner: GoogleAccount;
}

/** Makes a calendar that announces its changes. */
export type MakeCalendar = (details: CalendarDetails) => CalendarData;

/** A calendar, with everything on it. */
export class CalendarData {
  readonly id: string;
  summary: string;
  description: string | undefined;
  location: string | undefined;
  /** IANA name. */
  timeZone: string;
  readonly owner: GoogleAccount;
  /** What users may do, by their address. */
  readonly access: Map<string, AccessRole>;
  /** What others may do: rules for groups, domains and everyone (`default`), by their id. */
  readonly rules: Map<string, AccessRole> = new Map();
  /** When a rule was last set or taken away, by its id: by {@link ruleRevision}. */
  readonly ruleChanges: Map<string, number> = new Map();
  /** Grows with every change of a rule. */
  ruleRevision = 0;
  /** How often the calendar itself, not its events, has changed. */
  changes = 0;
  readonly events: Map<string, StoredEvent> = new Map();
  /** Mails to guests, oldest first. */
  readonly sentMail: SentMail[] = [];
  /** Lists whose later pages have not been asked for yet, by page token. */
  readonly pages: Map<string, ListSnapshot> = new Map();
  /** Sync tokens of an older generation have expired. */
  syncGeneration = 0;
  syncRefusal: SyncRefusal = 'fullSyncRequired';
  /** Lists still to come whose first page is empty. */
  emptyFirstPages = 0;
  revision = 0;
  /** Called after every change. */
  onChange: () => void = () => undefined;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(details: CalendarDetails, { clock, random }: { clock: Clock; random: Random }) {
    this.id = details.id;
    this.summary = details.summary;
    this.timeZone = details.timeZone;
    this.owner = details.owner;
    this.access = new Map([[details.owner.email, 'owner']]);
    this.noteRule(`user:${details.owner.email}`);
    this.#clock = clock;
    this.#random = random;
  }

  /** What a user may do; without a rule of their own, what everyone may. */
  roleOf(email: string): AccessRole | undefined {
    return (
      this.access.get(email) ?? this.rules.get(`domain:${email.split('@')[1]}`) ?? this.rules.get('default')
    );
  }

  /** A rule was set or taken away. */
  noteRule(id: string): void {
    this.ruleRevision += 1;
    this.ruleChanges.set(id, this.ruleRevision);
  }

  get isPrimary(): boolean {
    return this.id === this.owner.email;
  }

  now(): number {
    return this.#clock.now();
  }

  /** 26 characters of base32hex, as Google makes them. */
  newId(): string {
    return this.#random.text(26, ID_CHARACTERS);
  }

  /** Keeps an event in its newest state, and tells those who watch. */
  save(event: StoredEvent): void {
    this.revision += 1;
    event.revision = this.revision;
    event.updated = this.now();
    this.events.set(event.id, event);
    this.onChange();
  }
}
