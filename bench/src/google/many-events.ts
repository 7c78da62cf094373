import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A Google with many events, as a process of its own. POST changes every tenth event; GET /requests tells and forgets.
const events = Number(process.argv[2]);
const changedIn = new Int32Array(events);
let round = 0;
let requests = 0;

function page(url: URL): object {
  const since = Number(url.searchParams.get('syncToken') ?? -1);
  const from = Number(url.searchParams.get('pageToken') ?? 0);
  // Google's default and most.
  const size = Math.min(Number(url.searchParams.get('maxResults') ?? 250), 2500);
  const found: number[] = [];
  for (let index = 0; index < events; index += 1) if ((changedIn[index] ?? 0) > since) found.push(index);
  const items = found.slice(from, from + size).map((index) => ({
    kind: 'calendar#event',
    id: `event${index}`,
    etag: `"${changedIn[index]}"`,
    status: 'confirmed',
    summary: `An event with a text of some length, number ${index}`,
    description: 'x'.repeat(500),
    start: { dateTime: '2027-03-01T09:00:00Z' },
    end: { dateTime: '2027-03-01T10:00:00Z' },
  }));
  const isLast = from + size >= found.length;
  return { items, ...(isLast ? { nextSyncToken: String(round) } : { nextPageToken: String(from + size) }) };
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const answer = (body: unknown): void =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'POST') {
    round += 1;
    for (let index = round; index < events; index += 10) changedIn[index] = round;
    return answer({});
  }
  if (url.pathname === '/requests') {
    answer(requests);
    requests = 0;
    return;
  }
  requests += 1;
  answer(page(url));
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
