import type { CallOptions } from '@context-sdk/oauth-core/client-kit';
import type { CalendarService } from '../operations.ts';

/** A pair of colors, such as `#a4bdfc`. */
export interface ColorPair {
  background: string;
  foreground: string;
}

/** What the ids of colors stand for. */
export interface ColorPalettes {
  /** By the `colorId` of an entry of the list of calendars. */
  calendar: Record<string, ColorPair>;
  /** By the `colorId` of an event. */
  event: Record<string, ColorPair>;
}

/** Google's colors, the same for every user. */
export class Colors {
  readonly #service: CalendarService;

  constructor(service: CalendarService) {
    this.#service = service;
  }

  /** Both palettes. */
  async get(options?: CallOptions): Promise<ColorPalettes> {
    const response = await this.#service.call(options).send('colors.get', {});
    return response.object<ColorPalettes>({ calendar: 'object', event: 'object' });
  }
}
