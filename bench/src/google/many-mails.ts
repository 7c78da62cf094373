import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// A Gmail with many messages, as a process of its own. GET /requests tells how many came, and how many were answered at once at most.
const [count = 0, latencyMs = 0] = process.argv.slice(2).map(Number);
let requests = 0;
let open = 0;
let mostOpen = 0;

const text = (length: number): string =>
  Buffer.from('A line of a mail. '.repeat(length)).toString('base64url');
const part = (mimeType: string, data: string): object => ({
  mimeType,
  filename: '',
  headers: [{ name: 'Content-Type', value: `${mimeType}; charset="UTF-8"` }],
  body: { size: data.length, data },
});
const PARTS = [part('text/plain', text(100)), part('text/html', text(400))];

function message(id: string): string {
  return JSON.stringify({
    id,
    threadId: id,
    labelIds: ['INBOX', 'UNREAD'],
    snippet: 'A line of a mail.',
    historyId: '1000',
    internalDate: '1796000000000',
    sizeEstimate: 9000,
    payload: {
      mimeType: 'multipart/alternative',
      filename: '',
      headers: [
        { name: 'From', value: 'Grace Lindqvist <grace@example.com>' },
        { name: 'To', value: 'Ada <ada@example.com>, team@example.com' },
        { name: 'Subject', value: `A subject of some length, number ${id}` },
        { name: 'Date', value: 'Mon, 23 Nov 2026 10:00:00 +0000' },
        { name: 'Message-ID', value: `<${id}@mail.example.com>` },
        ...Array.from({ length: 20 }, (_, at) => ({
          name: 'Received',
          value: `from relay${at} by mx.example.com`,
        })),
      ],
      body: { size: 0 },
      parts: PARTS,
    },
  });
}

function list(url: URL): string {
  const from = Number(url.searchParams.get('pageToken') ?? 0);
  const size = Math.min(Number(url.searchParams.get('maxResults') ?? 100), 500);
  const ids = Array.from({ length: Math.min(size, count - from) }, (_, at) => `m${from + at}`);
  return JSON.stringify({
    messages: ids.map((id) => ({ id, threadId: id })),
    resultSizeEstimate: count,
    ...(from + size < count && { nextPageToken: String(from + size) }),
  });
}

function batch(body: string): string {
  const parts = [...body.matchAll(/Content-ID: <(\d+)>\r\n\r\nGET \S*\/messages\/(\w+)/g)].map(
    ([, at, id = '']) =>
      `--b\r\nContent-Type: application/http\r\nContent-ID: <response-${at}>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${message(id)}\r\n`,
  );
  return `${parts.join('')}--b--`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const type = { 'content-type': 'application/json' };
  if (url.pathname === '/requests') {
    response.writeHead(200, type).end(JSON.stringify({ requests, mostOpen }));
    return;
  }
  requests += 1;
  open += 1;
  mostOpen = Math.max(mostOpen, open);
  const answer = (body: string, contentType = 'application/json'): void => {
    setTimeout(() => {
      open -= 1;
      response.writeHead(200, { 'content-type': contentType }).end(body);
    }, latencyMs);
  };
  if (url.pathname === '/batch/gmail/v1') {
    void bodyOf(request).then((body) => answer(batch(body), 'multipart/mixed; boundary=b'));
    return;
  }
  const [, id] = /\/messages\/(\w+)$/.exec(url.pathname) ?? [];
  answer(id === undefined ? list(url) : message(id));
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
