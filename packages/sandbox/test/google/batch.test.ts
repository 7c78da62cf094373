import { expect, test } from 'vitest';
import { meeting, setUpCalendar } from './calendar-support.ts';

const EVENTS = '/calendar/v3/calendars/primary/events';

type SetUp = ReturnType<typeof setUpCalendar>;

/** The parts of a batch's response, by the id of their request. */
async function send(
  { sandbox }: SetUp,
  parts: readonly string[],
  options: { url?: string; token?: string } = {},
): Promise<{ status: number; parts: Map<string, string>; order: string[] }> {
  const {
    url = 'https://www.googleapis.com/batch/calendar/v3',
    token = sandbox.google.issueToken().accessToken,
  } = options;
  const bodies = parts.map(
    (part, index) => `--x\r\nContent-Type: application/http\r\nContent-ID: <${index}>\r\n\r\n${part}\r\n`,
  );
  const response = await sandbox.fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/mixed; boundary=x' },
    body: `${bodies.join('')}--x--`,
  });
  const text = await response.text();
  const found = [...text.matchAll(/Content-ID: <response-(\d+)>\r\n\r\n(HTTP\/1\.1 [^]*?)(?=\r\n--)/g)];
  return {
    status: response.status,
    parts: new Map(found.map(([, id = '', answer = '']) => [id, answer])),
    order: found.map(([, id = '']) => id),
  };
}

function insert(id: string): string {
  const body = JSON.stringify(meeting({ id }));
  return `POST ${EVENTS} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}`;
}

test('19.sandbox: a batch: each request is answered by itself, with its id, in another order', async () => {
  const setUp = setUpCalendar();
  const { status, parts, order } = await send(setUp, [
    insert('meeting1'),
    insert('meeting1'),
    `GET ${EVENTS}/nothing?fields=id HTTP/1.1\r\n\r\n`,
    `GET ${EVENTS}/meeting1?fields=id`,
  ]);
  expect(status).toBe(200);
  expect(order).toEqual(['3', '2', '1', '0']);
  expect(parts.get('0')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(parts.get('1')).toMatch(/^HTTP\/1\.1 409 Conflict\r\n[^]*"duplicate"/);
  expect(parts.get('2')).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  expect(parts.get('3')?.endsWith('{"id":"meeting1"}')).toBe(true);
});

test('each request counts toward the quota', async () => {
  const setUp = setUpCalendar({ google: { quotas: { calendar: [{ limit: 2, intervalMs: 60_000 }] } } });
  const { parts } = await send(setUp, ['meeting1', 'meeting2', 'meeting3'].map(insert));
  expect([0, 1, 2].map((id) => parts.get(String(id))?.slice(9, 12))).toEqual(['200', '200', '403']);
});

test('a token that is not accepted is refused in each part', async () => {
  const { status, parts } = await send(setUpCalendar(), [insert('meeting1')], { token: 'nobody' });
  expect(status).toBe(200);
  expect(parts.get('0')).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n[^]*authError/);
});

test.each([
  ['the guide', 'https://gmail.googleapis.com/batch/gmail/v1'],
  ['the discovery document', 'https://gmail.googleapis.com/batch'],
  ['the former host', 'https://www.googleapis.com/batch/gmail/v1'],
])('Gmail has its own, at the address of %s', async (_, url) => {
  const { parts } = await send(setUpCalendar(), ['GET /gmail/v1/users/me/profile'], { url });
  expect(parts.get('0')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"emailAddress":"ada@example.com"/);
});

test('an id without brackets is answered without brackets', async () => {
  const { sandbox } = setUpCalendar();
  const response = await sandbox.fetch('https://www.googleapis.com/batch/calendar/v3', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sandbox.google.issueToken().accessToken}`,
      'content-type': 'multipart/mixed; boundary=x',
    },
    body: `--x\r\nContent-Type: application/http\r\nContent-ID: 7\r\n\r\nGET ${EVENTS}\r\n--x--`,
  });
  expect(await response.text()).toContain('\r\nContent-ID: response-7\r\n');
});

test('too many requests, a batch in a batch and what is no batch are refused', async () => {
  const setUp = setUpCalendar();
  const many = Array.from({ length: 51 }, (_, index) => insert(`meeting${index}`));
  expect((await send(setUp, many)).status).toBe(400);
  expect(setUp.calendar.events()).toHaveLength(0);
  const nested = await send(setUp, [
    'POST /batch/calendar/v3 HTTP/1.1\r\nContent-Type: multipart/mixed\r\n\r\n',
  ]);
  expect(nested.parts.get('0')).toMatch(/^HTTP\/1\.1 400/);
  expect((await send(setUp, ['nonsense'])).status).toBe(400);
});
