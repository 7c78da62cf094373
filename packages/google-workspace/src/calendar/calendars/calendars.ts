import { type CallOptions, type OwnOptions, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { maskWith } from '../../fields-mask.ts';
import { checkedId, checkedPageSize } from '../../input.ts';
import { itemListing, type ItemListing, type ItemListOptions } from '../../list-items.ts';
import { pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import type { EventReminder } from '../events/event-parts.ts';
import type { CalendarService } from '../operations.ts';
import {
  type CalendarInput,
  type CalendarResource,
  type CalendarUpdate,
  checkCalendar,
} from './calendar-input.ts';

/** What a user may do with a calendar, from least to most. Google may add others. */
export type AccessRole = 'freeBusyReader' | 'reader' | 'writerWithoutPrivateAccess' | 'writer' | 'owner';

/** A calendar in the user's list. Fields that are not named here are passed on too. */
export interface CalendarListEntry {
  /** Give it as `calendarId`. */
  id: string;
  etag?: string;
  summary?: string;
  /** What the user calls it. */
  summaryOverride?: string;
  description?: string;
  location?: string;
  /** IANA. */
  timeZone?: string;
  /** One of {@link AccessRole}, or one that Google has added. */
  accessRole?: string;
  primary?: boolean;
  /** The owner's address, for calendars that are not primary. */
  dataOwner?: string;
  selected?: boolean;
  hidden?: boolean;
  deleted?: boolean;
  colorId?: string;
  backgroundColor?: string;
  foregroundColor?: string;
  defaultReminders?: EventReminder[];
  notificationSettings?: { notifications?: { method?: string; type?: string }[] };
  conferenceProperties?: { allowedConferenceSolutionTypes?: string[] };
  autoAcceptInvitations?: boolean;
}

/** Which calendars of the list to return. Default: all that are neither hidden nor deleted. */
export interface CalendarQuery extends CallOptions, ItemListOptions {
  /** Only calendars with which the user may do at least this. */
  minAccessRole?: AccessRole | undefined;
  showDeleted?: boolean | undefined;
  showHidden?: boolean | undefined;
  showOwnOrganizationOnly?: boolean | undefined;
  /** Calendars per request, from 1 to 250. Google's default: 100. */
  maxResults?: number | undefined;
  /** What of the response to return, such as `items(id,summary)`. Default: everything. */
  fields?: string | undefined;
}

const LIST_OPTIONS: OwnOptions<CalendarQuery> = {
  onSkipped: 'function',
  minAccessRole: 'string',
  showDeleted: 'boolean',
  showHidden: 'boolean',
  showOwnOrganizationOnly: 'boolean',
  maxResults: 'number',
  fields: 'string',
};

/** Calendars: those on the user's list, and the user's own. */
export class Calendars {
  readonly #service: CalendarService;

  constructor(service: CalendarService) {
    this.#service = service;
  }

  /** The user's calendars, page by page; one without an id is `skipped`. Scope `calendar.calendarlist.readonly` or a wider one. */
  list(query?: CalendarQuery): ItemListing<CalendarListEntry> {
    return itemListing<CalendarListEntry>(query, () => {
      const { minAccessRole, showDeleted, showHidden, showOwnOrganizationOnly } = query ?? {};
      const maxResults = checkedPageSize(query?.maxResults, 250, invalid);
      const fields = maskWith(query?.fields, 'nextPageToken,items(id)', invalid);
      const params = { minAccessRole, showDeleted, showHidden, showOwnOrganizationOnly, maxResults, fields };
      return pagesOf(SERVICE, this.#service.call(query, LIST_OPTIONS), 'calendars.list', params);
    });
  }

  /**
   * One calendar of the list. Default: the user's own. Its `timeZone` is the one to plan in if the user has named no
   * other. Throws {@link NotFoundError}. Scope `calendar.calendarlist.readonly` or a wider one.
   */
  async get(calendarId = 'primary', options?: CallOptions): Promise<CalendarListEntry> {
    const params = { calendarId: checkedId(calendarId, 'calendarId', invalid) };
    const response = await this.#service.call(options).send('calendars.get', { params });
    return response.object<CalendarListEntry>({ id: 'string' });
  }

  /**
   * Creates a calendar that the user owns, and puts it on the user's list. Not retried if the response is lost: Google would
   * create another one. Scope `calendar.calendars` or `calendar.app.created`.
   */
  async create(calendar: CalendarInput, options?: CallOptions): Promise<CalendarResource> {
    checkCalendar(calendar, true);
    const response = await this.#service.call(options).send('calendars.create', { json: calendar });
    return response.object<CalendarResource>({ id: 'string' });
  }

  /** Changes a calendar for everyone who sees it. Throws {@link PermissionError} for someone else's. */
  async patch(calendarId: string, changes: CalendarUpdate, options?: CallOptions): Promise<CalendarResource> {
    checkCalendar(changes, false);
    const request = { params: { calendarId: checkedId(calendarId, 'calendarId', invalid) }, json: changes };
    const response = await this.#service.call(options).send('calendars.patch', request);
    return response.object<CalendarResource>({ id: 'string' });
  }

  /**
   * Deletes a calendar with all its events, for everyone. Succeeds if it doesn't exist. The primary calendar can only be
   * cleared.
   */
  async delete(calendarId: string, options?: CallOptions): Promise<void> {
    if (calendarId === 'primary') throw invalid('calendarId', "can't be primary: clear it instead");
    const params = { calendarId: checkedId(calendarId, 'calendarId', invalid) };
    await unlessNotFound(this.#service.call(options).send('calendars.delete', { params }));
  }

  /** Deletes all events of the user's primary calendar: Google clears no other. */
  async clear(calendarId: 'primary', options?: CallOptions): Promise<void> {
    const params = { calendarId: checkedId(calendarId, 'calendarId', invalid) };
    await this.#service.call(options).send('calendars.clear', { params });
  }
}
