import { type CallOptions, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import type { CalendarListEntry } from '../calendars/calendars.ts';
import {
  CHANNEL_OPTIONS,
  type ChannelOptions,
  checkedChannel,
  openChannel,
  type OpenChannel,
} from '../channels/open-channel.ts';
import { invalid } from '../errors.ts';
import type { CalendarService } from '../operations.ts';
import { type ListChanges, readListPosition, syncList } from './sync-list.ts';

/** What the user makes of a calendar on the list. What is left out, or undefined, stays; `null` clears. */
export type ListSettings = {
  [
    K in
      | 'colorId'
      | 'backgroundColor'
      | 'foregroundColor'
      | 'defaultReminders'
      | 'hidden'
      | 'notificationSettings'
      | 'selected'
      | 'summaryOverride'
  ]?: CalendarListEntry[K] | null | undefined;
};

/**
 * The user's list of calendars: what it shows, and how. `calendars.list` and `calendars.get` read it. Scope
 * `calendar.calendarlist`; for {@link sync} and {@link watch}, `calendar.calendarlist.readonly`.
 */
export class CalendarList {
  readonly #service: CalendarService;

  constructor(service: CalendarService) {
    this.#service = service;
  }

  /** Adds a calendar that the user may see, such as one that someone has shared. Throws {@link NotFoundError}. */
  async insert(
    calendarId: string,
    settings: ListSettings = {},
    options?: CallOptions,
  ): Promise<CalendarListEntry> {
    const json = { ...settings, id: checkedId(calendarId, 'calendarId', invalid) };
    const params = { colorRgbFormat: hasColors(settings) };
    const response = await this.#service.call(options).send('calendarList.insert', { params, json });
    return response.object<CalendarListEntry>({ id: 'string' });
  }

  /** Changes how the list shows a calendar. Throws {@link NotFoundError} if it isn't on the list. */
  async patch(calendarId: string, settings: ListSettings, options?: CallOptions): Promise<CalendarListEntry> {
    const params = { ...placeOf(calendarId), colorRgbFormat: hasColors(settings) };
    if (Object.values(settings).every((value) => value === undefined)) throw invalid('settings', 'is empty');
    const response = await this.#service.call(options).send('calendarList.patch', { params, json: settings });
    return response.object<CalendarListEntry>({ id: 'string' });
  }

  /** Takes a calendar off the list; the calendar stays. Succeeds if it isn't on the list. */
  async remove(calendarId: string, options?: CallOptions): Promise<void> {
    const params = placeOf(calendarId);
    await unlessNotFound(this.#service.call(options).send('calendarList.remove', { params }));
  }

  /**
   * What has changed on the list since the cursor of the last sync. Without a cursor, or if Google refuses it: everything,
   * with `full: true`. Throws {@link InvalidRequestError} for a text that is not a cursor.
   */
  async sync(cursor?: string, options?: CallOptions): Promise<ListChanges> {
    const syncToken = readListPosition(cursor);
    return await syncList(this.#service.call(options), syncToken);
  }

  /** Asks for notifications of changes of the list. `events.stop` ends them. Not retried if the response is lost. */
  async watch(options: ChannelOptions): Promise<OpenChannel> {
    const request = { params: {}, json: checkedChannel(options), extra: {} };
    return await openChannel(this.#service.call(options, CHANNEL_OPTIONS), 'calendarList.watch', request);
  }
}

function placeOf(calendarId: string): { calendarId: string } {
  return { calendarId: checkedId(calendarId, 'calendarId', invalid) };
}

/** Google reads colors only if it is told to. */
function hasColors(settings: ListSettings): true | undefined {
  if (typeof settings !== 'object' || settings === null) throw invalid('settings', 'is not an object');
  const { backgroundColor, foregroundColor } = settings;
  return backgroundColor !== undefined || foregroundColor !== undefined ? true : undefined;
}
