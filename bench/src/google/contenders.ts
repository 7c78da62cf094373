import type { Call } from '../in-rounds.ts';

/** Whoever gets an event from Google's Calendar, led to a server of ours at `root`. */
export type Contender = 'ours' | 'perApi' | 'googleapis';

const TOKEN = 'bench-token';
const EVENT = { calendarId: 'primary', eventId: 'e1' };

/** The client with all that it has by default, except that its limits never hold a request back. */
async function ours(root: string): Promise<Call> {
  const { GoogleCalendarClient } = await import('@context-sdk/google-workspace');
  const client = new GoogleCalendarClient({
    auth: TOKEN,
    baseUrl: `${root}/calendar/v3`,
    limits: [{ limit: 1_000_000_000, intervalMs: 60_000 }],
  });
  return () => client.events.get(EVENT.eventId);
}

async function perApi(root: string): Promise<Call> {
  const { calendar, auth } = await import('@googleapis/calendar');
  const oauth = new auth.OAuth2();
  oauth.setCredentials({ access_token: TOKEN });
  const client = calendar({ version: 'v3', auth: oauth, rootUrl: `${root}/` });
  return async () => (await client.events.get(EVENT)).data;
}

async function googleapis(root: string): Promise<Call> {
  const { google } = await import('googleapis');
  const oauth = new google.auth.OAuth2();
  oauth.setCredentials({ access_token: TOKEN });
  const client = google.calendar({ version: 'v3', auth: oauth, rootUrl: `${root}/` });
  return async () => (await client.events.get(EVENT)).data;
}

export const contenders: Record<Contender, (root: string) => Promise<Call>> = { ours, perApi, googleapis };
