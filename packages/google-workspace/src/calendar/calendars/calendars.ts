import { type CallOptions, type Listing, listing, oneDeadline } from '@context-sdk/oauth-core';
import { present } from '../../input/present.ts';
import { pages } from '../../requests/pages.ts';
import { checkPageSize } from '../check-page-size.ts';
import type { CalendarRequests } from '../calendar-requests.ts';
import { checkedId, SERVICE } from '../invalid.ts';
import type { AccessRole, CalendarListEntry } from './calendar-list-entry.ts';

/** Which calendars of the list are wanted; all that are neither hidden nor deleted unless said otherwise. */
export interface CalendarQuery extends CallOptions {
  /** Those with which the user may do at least this. */
  minAccessRole?: AccessRole | undefined;
  showDeleted?: boolean | undefined;
  showHidden?: boolean | undefined;
  showOwnOrganizationOnly?: boolean | undefined;
  /** Calendars per request, from 1 to 250; Google's own choice is 100. */
  maxResults?: number | undefined;
}

/** The user's list of calendars. */
export class Calendars {
  readonly #requests: CalendarRequests;

  constructor(requests: CalendarRequests) {
    this.#requests = requests;
  }

  /** The user's calendars, page by page. Scope `calendar.calendarlist.readonly` or a wider one. */
  list(query: CalendarQuery = {}): Listing<CalendarListEntry> {
    const requests = this.#requests;
    return listing(async function* () {
      const { minAccessRole, showDeleted, showHidden, showOwnOrganizationOnly, maxResults, ...call } = query;
      checkPageSize(maxResults, 250);
      const options = oneDeadline(call, SERVICE);
      const fixed = { minAccessRole, showDeleted, showHidden, showOwnOrganizationOnly, maxResults };
      const answers = pages((pageToken) =>
        requests.call('calendarList.list', options, (api, library) =>
          api.calendarList.list(present({ ...fixed, pageToken }), library),
        ),
      );
      for await (const answer of answers) yield* answer.list<CalendarListEntry>('items', 'id');
    });
  }

  /**
   * One calendar of the list; the user's own unless given. Its `timeZone` is the one to plan in where the user has
   * named no other. Throws {@link NotFoundError}. Scope `calendar.calendarlist.readonly` or a wider one.
   */
  async get(calendarId = 'primary', options?: CallOptions): Promise<CalendarListEntry> {
    checkedId(calendarId, 'calendarId');
    const answer = await this.#requests.call('calendarList.get', options, (api, library) =>
      api.calendarList.get({ calendarId }, library),
    );
    return answer.object<CalendarListEntry>('id');
  }
}
