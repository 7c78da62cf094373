import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/context/google';

const timeZone = 'America/Los_Angeles';

export class GoogleCalendarService {
  readonly #client: GoogleCalendarClient;

  /** `context.user(userId).calendar`, or a `GoogleCalendarClient` of your own. */
  constructor(client: GoogleCalendarClient) {
    this.#client = client;
  }

  async createEvent(summary: string, startTime: Date, endTime: Date, description?: string): Promise<string> {
    const event = await this.#client.events.create({
      summary,
      description,
      start: { dateTime: startTime, timeZone },
      end: { dateTime: endTime, timeZone },
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] },
    });
    return event.id;
  }

  async getFreeBusy(startTime: Date, endTime: Date): Promise<{ start: string; end: string }[]> {
    const { primary } = await this.#client.freeBusy.query({ from: startTime, to: endTime });
    if (primary?.busy === undefined) throw new Error(`Not readable: ${primary?.errors.join()}`);
    return primary.busy;
  }

  listEvents(timeMin: Date, timeMax: Date): Promise<CalendarEvent[]> {
    return this.#client.events.list({ timeMin, timeMax, singleEvents: true, orderBy: 'startTime' }).toArray();
  }
}
