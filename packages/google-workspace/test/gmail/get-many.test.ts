import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';

const server = useSandbox();
const EMPTY = { sandbox: { seed: 'empty' } } as const;

function mailNumber(number: number): string {
  return `From: kim@elsewhere.example\r\nTo: ada@example.com\r\nSubject: ${number}\r\n\r\nHello`;
}

function statuses(outcomes: readonly { status: string }[]): string[] {
  return outcomes.map(({ status }) => status);
}

describe('20.getMany', () => {
  test('reads 25 per request, in the order of the ids, one outcome each', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().gmail;
    const ids = Array.from({ length: 60 }, (_, index) => user.receive(mailNumber(index)).id);
    const progress: number[] = [];
    const outcomes = await gmail.messages.getMany([...ids, 'f', ''], {
      format: 'metadata',
      metadataHeaders: ['Subject'],
      onProgress: ({ done }) => progress.push(done),
    });
    const subjects = outcomes.map((outcome) =>
      outcome.status === 'ok' ? outcome.message.payload?.headers?.[0]?.value : outcome.error.code,
    );
    expect(subjects).toEqual([...Array(60).keys()].map(String).concat('not_found', 'invalid_request'));
    expect(sandbox.requests.map(({ operation }) => operation)).toEqual(Array(3).fill('gmail.batch'));
    expect(progress).toEqual([26, 51, 62]);
  });

  test('parts that are too many at once, or refused for a moment, are sent again', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().gmail;
    const ids = Array.from({ length: 10 }, (_, index) => user.receive(mailNumber(index)).id);
    sandbox.google.failNext({ reason: 'tooManyRequests', times: 4, method: 'gmail.users.messages.get' });
    sandbox.google.failNext({ reason: 'failedPrecondition', times: 2, method: 'gmail.users.messages.get' });
    expect(statuses(await gmail.messages.getMany(ids))).toEqual(Array(10).fill('ok'));
    expect(sandbox.requests).toHaveLength(2);
  });

  test('20.1: a part that is refused for hours is not sent again', async () => {
    const until = new Date(Date.now() + 7_200_000).toISOString();
    const message = `User-rate limit exceeded.  Retry after ${until}`;
    const part = (index: number, status: string, body: object): string =>
      `--b\r\nContent-Type: application/http\r\nContent-ID: <response-${index}>\r\n\r\nHTTP/1.1 ${status}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`;
    const body = `${part(0, '200 OK', { id: '1', threadId: '1' })}${part(1, '429 Too Many Requests', { error: { code: 429, message } })}--b--\r\n`;
    const headers = { 'content-type': 'multipart/mixed; boundary=b' };
    const { client, requests } = clientOf([() => Promise.resolve(new Response(body, { headers }))]);
    expect(await client.messages.getMany(['1', '2'])).toMatchObject([
      { status: 'ok' },
      { status: 'failed', error: { code: 'rate_limited' } },
    ]);
    expect(requests).toHaveLength(1);
  });

  test.each(['messages', 'threads'] as const)('a part of %s without an id is none', async (kind) => {
    const part = (index: number, body: object): string =>
      `--b\r\nContent-ID: <response-${index}>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${JSON.stringify(body)}\r\n`;
    const body = `${part(0, { id: '1', threadId: '1' })}${part(1, {})}--b--\r\n`;
    const headers = { 'content-type': 'multipart/mixed; boundary=b' };
    const { client } = clientOf([() => new Response(body, { headers })]);
    expect(await client[kind].getMany(['1', '2'])).toMatchObject([
      { status: 'ok' },
      { status: 'failed', error: { code: 'unexpected_response', field: 'id' } },
    ]);
  });

  test('threads too', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { threadId } = sandbox.google.testUser().gmail.receive(mailNumber(1));
    const [outcome, missing] = await gmail.threads.getMany([threadId, 'f']);
    expect(outcome).toMatchObject({ status: 'ok', thread: { id: threadId, messages: [{ threadId }] } });
    expect(missing).toMatchObject({ status: 'failed', error: { code: 'not_found' } });
  });

  test('nothing is no request; what is lost is failed, for reading changes nothing', async () => {
    const { client, requests } = clientOf([() => Promise.reject(new TypeError('fetch failed'))], {
      retry: { attempts: 1 },
    });
    expect(await client.messages.getMany([])).toEqual([]);
    expect(requests).toEqual([]);
    expect(await client.messages.getMany(['1', '2'])).toMatchObject([
      { status: 'failed', error: { code: 'network' } },
      { status: 'failed', error: { code: 'network' } },
    ]);
  });
});
