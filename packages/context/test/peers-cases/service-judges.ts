import { RelationType } from '@context-sdk/ado-client';
import { createGoogleSandbox } from '@context-sdk/sandbox/google';
import { OPERATIONS } from '../../../ado-client/src/operations.ts';
import type { PeerCase } from './case-files.ts';

const withoutNames = (template: string): string => template.replaceAll(/\{[^}]*\}/g, '{}').toLowerCase();

/** The route of an operation; the template, if they are the same: its last part may be left out. */
export function route({ operation, expected }: PeerCase): string {
  const table: Readonly<Record<string, { safety: string; method?: string; path?: string }>> = OPERATIONS;
  const { method = '', path = '' } = table[String(operation)] ?? { safety: 'safe' };
  const [ours, theirs] = [`${method} ${path.slice(1)}`, String(expected)];
  const short = withoutNames(theirs).replace(/\/\{\}$/, '');
  return [withoutNames(theirs), short].includes(withoutNames(ours)) ? theirs : ours;
}

/** A type of links by the name that we have for it. */
export function relation({ name }: PeerCase): string | undefined {
  const types: Readonly<Record<string, string>> = RelationType;
  return types[String(name)];
}

const sandbox = createGoogleSandbox({ seed: 'empty', google: { quotas: { calendar: [], gmail: [] } } });
const authorization = `Bearer ${sandbox.google.issueToken().accessToken}`;

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await sandbox.fetch(`https://www.googleapis.com/calendar/v3${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

const EVENTS = '/calendars/primary/events';

/** What stands behind the series in the id of its first instance. */
export async function instance({ start }: PeerCase): Promise<string | undefined> {
  const time = { dateTime: start, timeZone: 'UTC' };
  const series = { start: time, end: time, recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] };
  const { id } = await call<{ id: string }>('POST', EVENTS, series);
  const { items } = await call<{ items: { id: string }[] }>('GET', `${EVENTS}/${id}/instances`);
  return items[0]?.id.split('_').at(-1);
}

/** When an event that begins at a time of a zone's clocks keeps its calendar busy. */
export async function wallTime({ wall, zone }: PeerCase): Promise<string | undefined> {
  const { id: calendar } = await call<{ id: string }>('POST', '/calendars', { summary: 'clocks' });
  const start = { dateTime: wall, timeZone: zone };
  const end = { dateTime: `${String(wall).slice(0, 10)}T23:59:59`, timeZone: zone };
  await call('POST', `/calendars/${encodeURIComponent(calendar)}/events`, { start, end });
  const day = Date.parse(`${String(wall).slice(0, 10)}T00:00:00Z`);
  const [timeMin, timeMax] = [-1, 3].map((days) => new Date(day + days * 86_400_000).toISOString());
  const asked = { timeMin, timeMax, items: [{ id: calendar }] };
  const { calendars } = await call<{ calendars: Record<string, { busy: { start: string }[] }> }>(
    'POST',
    '/freeBusy',
    asked,
  );
  return calendars[calendar]?.busy[0]?.start;
}
