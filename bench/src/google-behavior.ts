import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { auth, calendar } from '@googleapis/calendar';
import { google } from 'googleapis';
import { type Refusals, startRefusing } from './google/refusing-server.ts';

const TOKEN = 'bench-token';
const EVENT = { calendarId: 'primary', eventId: 'e1' };
const CHANGE = { summary: 'Later' };

interface Client {
  get(): Promise<unknown>;
  patch(): Promise<unknown>;
}

function ours(root: string): Client {
  const client = new GoogleCalendarClient({ auth: TOKEN, baseUrl: `${root}/calendar/v3` });
  return {
    get: () => client.events.get(EVENT.eventId),
    patch: () => client.events.patch(EVENT.eventId, CHANGE, { sendUpdates: 'none' }),
  };
}

function perApi(root: string): Client {
  const oauth = new auth.OAuth2();
  oauth.setCredentials({ access_token: TOKEN });
  const client = calendar({ version: 'v3', auth: oauth, rootUrl: `${root}/` });
  return {
    get: () => client.events.get(EVENT),
    patch: () => client.events.patch({ ...EVENT, requestBody: CHANGE }),
  };
}

function full(root: string): Client {
  const oauth = new google.auth.OAuth2();
  oauth.setCredentials({ access_token: TOKEN });
  const client = google.calendar({ version: 'v3', auth: oauth, rootUrl: `${root}/` });
  return {
    get: () => client.events.get(EVENT),
    patch: () => client.events.patch({ ...EVENT, requestBody: CHANGE }),
  };
}

const RATE_LIMITED = {
  error: { code: 403, message: 'Rate Limit Exceeded', errors: [{ reason: 'rateLimitExceeded' }] },
};
const SCENARIOS: { name: string; refusals: Refusals; call: keyof Client }[] = [
  { name: '429, Retry-After: 2', refusals: { status: 429, headers: { 'retry-after': '2' } }, call: 'get' },
  {
    name: '403 rateLimitExceeded',
    refusals: { status: 403, body: RATE_LIMITED, headers: { 'retry-after': '1' } },
    call: 'get',
  },
  { name: 'PATCH, 503', refusals: { status: 503 }, call: 'patch' },
];

async function outcomeOf(
  make: (root: string) => Client,
  { refusals, call }: (typeof SCENARIOS)[number],
): Promise<string> {
  const server = await startRefusing(refusals);
  const client = make(server.root);
  const ended = await client[call]().then(
    () => 'answered',
    (error: unknown) => `failed (${error instanceof Error ? error.name : 'unknown'})`,
  );
  await server.close();
  const gaps = server.arrivals
    .slice(1)
    .map((at, index) => `${((at - (server.arrivals[index] ?? 0)) / 1000).toFixed(1)} s`);
  return `${ended}, ${server.arrivals.length} requests${gaps.length ? `, ${gaps.join(' and ')} apart` : ''}`;
}

console.log('\nThe first request is refused, the second would be answered\n');
for (const scenario of SCENARIOS) {
  console.log(scenario.name);
  for (const [name, make] of Object.entries({ ours, '@googleapis/calendar': perApi, googleapis: full })) {
    console.log(`  ${name.padEnd(22)} ${await outcomeOf(make, scenario)}`);
  }
}
