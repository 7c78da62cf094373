import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { IMPATIENT } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const EVENTS = 50_000;
const ROUNDS = 5;
const MEBIBYTE = 2 ** 20;
/** What a process may grow by while it reads page by page: one page of 2,500 events, several times over. */
const MAX_GROWTH = 64 * MEBIBYTE;

interface Listed {
  id: string;
  version: number;
}

/** A Google with many events, of which every tenth changes per round. It writes each page when it is asked for. */
class LargeCalendar {
  readonly versions = new Map<string, number>();
  requests = 0;
  #round = 0;
  #changedIn = new Map<string, number>();

  constructor() {
    for (let index = 0; index < EVENTS; index += 1) this.versions.set(`event${index}`, 0);
  }

  change(): void {
    this.#round += 1;
    for (let index = this.#round; index < EVENTS; index += 10) {
      this.versions.set(`event${index}`, this.#round);
      this.#changedIn.set(`event${index}`, this.#round);
    }
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    this.requests += 1;
    const { searchParams } = new URL(new Request(input, init).url);
    const since = Number(searchParams.get('syncToken') ?? -1);
    const from = Number(searchParams.get('pageToken') ?? 0);
    const size = Number(searchParams.get('maxResults') ?? 250);
    const ids = [...this.versions.keys()].filter((id) => (this.#changedIn.get(id) ?? 0) > since);
    const items = ids.slice(from, from + size).map((id) => ({
      id,
      status: 'confirmed',
      summary: `An event with a text of some length, number ${id}`,
      description: 'x'.repeat(500),
      start: { dateTime: '2027-03-01T09:00:00Z' },
      version: this.versions.get(id),
    }));
    const isLast = from + size >= ids.length;
    return Response.json({
      items,
      ...(isLast ? { nextSyncToken: String(this.#round) } : { nextPageToken: String(from + size) }),
    });
  };
}

function clientOf(google: LargeCalendar): GoogleCalendarClient {
  const rateLimiter = memoryRateLimiter();
  return new GoogleCalendarClient({
    auth: 'token',
    fetch: google.fetch,
    limits: [],
    retry: IMPATIENT,
    rateLimiter,
  });
}

setFlagsFromString('--expose-gc');
/** Without it, the heap holds what nobody uses any more, and more of it the busier the machine is. */
const collect: () => void = runInNewContext('gc');

test('19.sync: 50,000 events, 10 % changes per round, resumed after every page: nothing is lost, and memory stays flat', async () => {
  const google = new LargeCalendar();
  const known = new Map<string, number>();
  let cursor: string | undefined;
  const rounds: { requests: number; growthMebibytes: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    if (round > 0) google.change();
    google.requests = 0;
    collect();
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    for (let isDone = false; !isDone;) {
      // A new process continues after every page.
      const pages: AsyncGenerator<{ events: object[]; cursor: string; reset: boolean }> =
        clientOf(google).events.syncPages(cursor);
      const { value: page } = await pages.next();
      await pages.return(undefined);
      if (page === undefined) break;
      if (page.reset) known.clear();
      for (const { id, version } of page.events as Listed[]) known.set(id, version);
      isDone = !atob(page.cursor.replaceAll('-', '+').replaceAll('_', '/')).includes('"pageToken"');
      ({ cursor } = page);
      collect();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    rounds.push({ requests: google.requests, growthMebibytes: Math.round(most / MEBIBYTE) });
    expect(known.size).toBe(EVENTS);
    expect([...known].every(([id, version]) => google.versions.get(id) === version)).toBe(true);
  }
  process.stdout.write(
    rounds.map(({ requests, growthMebibytes }) => `${requests} requests, +${growthMebibytes} MiB`).join('; '),
  );
  expect(rounds.map(({ requests }) => requests)).toEqual([20, ...Array.from({ length: ROUNDS }, () => 2)]);
  for (const { growthMebibytes } of rounds) expect(growthMebibytes * MEBIBYTE).toBeLessThan(MAX_GROWTH);
}, 300_000);
