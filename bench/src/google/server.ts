import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// Started as a process of its own, so that its work does not count as the client's.
const body = Buffer.from(
  JSON.stringify({
    kind: 'calendar#event',
    etag: '"3541213846104000"',
    id: 'e1',
    status: 'confirmed',
    htmlLink: 'https://www.google.com/calendar/event?eid=ZTE',
    created: '2026-02-09T09:42:03.000Z',
    updated: '2026-02-09T09:42:03.052Z',
    summary: 'Water the plants on the balcony',
    creator: { email: 'ada@example.com', self: true },
    organizer: { email: 'ada@example.com', self: true },
    start: { dateTime: '2026-11-24T09:00:00+01:00', timeZone: 'Europe/Berlin' },
    end: { dateTime: '2026-11-24T10:00:00+01:00', timeZone: 'Europe/Berlin' },
    iCalUID: 'e1@google.com',
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
  }),
);

const server = createServer((request, response) => {
  const isRight =
    request.url === '/calendar/v3/calendars/primary/events/e1' &&
    request.headers.authorization === 'Bearer bench-token';
  response.writeHead(isRight ? 200 : 404, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': body.length,
  });
  response.end(body);
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
