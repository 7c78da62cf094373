import { type CallOptions } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { itemListing, type ItemListing, type ItemListOptions } from '../../list-items.ts';
import { pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import type { CalendarService } from '../operations.ts';

/** A setting of the user, such as `timezone` or `weekStart`. */
export interface CalendarSetting {
  id: string;
  /** Always a text: `true`, `60`, `Europe/Zurich`. */
  value: string;
  etag?: string;
}

/** What the user has set in Google Calendar. No method changes it. Scope `calendar.settings.readonly` or a wider one. */
export class Settings {
  readonly #service: CalendarService;

  constructor(service: CalendarService) {
    this.#service = service;
  }

  /** All settings of the user. */
  list(options?: CallOptions & ItemListOptions): ItemListing<CalendarSetting> {
    return itemListing<CalendarSetting>(options, () =>
      pagesOf(SERVICE, this.#service.call(options, { onSkipped: 'function' }), 'settings.list', {
        maxResults: 250,
      }),
    );
  }

  /** Throws {@link NotFoundError} for a setting that Google doesn't have. */
  async get(setting: string, options?: CallOptions): Promise<CalendarSetting> {
    const params = { setting: checkedId(setting, 'setting', invalid) };
    const response = await this.#service.call(options).send('settings.get', { params });
    return response.object<CalendarSetting>({ id: 'string', value: 'string' });
  }
}
