import { GmailClient } from '@context-sdk/google-workspace';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { onBadLine, sendFile } from './bad-line.ts';

const MAIL = { to: 'kim@elsewhere.example', subject: 'Film' };

test('20.resumable: a mail over a line that is cut three times arrives once, byte by byte', async () => {
  const cuts = new Map<number, 'half' | 'answer'>([
    [1, 'half'],
    [3, 'answer'],
    [4, 'half'],
  ]);
  const sent = await sendFile(6_000_000, (piece) => cuts.get(piece));
  expect(sent.ids).toEqual([sent.id]);
  expect(sent.isWhole).toBe(true);
  expect(sent.progress).toEqual(sent.progress.toSorted((one, other) => one - other));
  expect(sent.progress.at(-1)).toBeGreaterThan(8_000_000);
  expect(sent.pieces).toBeGreaterThan(4);
});

test('20.resumable: a lost last answer is asked for, and nothing is sent twice', async () => {
  const sent = await sendFile(5_000_000, (piece) => (piece >= 3 ? 'answer' : undefined));
  expect(sent.ids).toEqual([sent.id]);
  expect(sent.isWhole).toBe(true);
});

test('20.resumable: what a session that has ended says is not what became of the mail', async () => {
  const { sandbox } = onBadLine(() => undefined);
  const auth = sandbox.google.issueToken({ scopes: ['https://mail.google.com/'] }).accessToken;
  const gmail = new GmailClient({
    auth,
    limits: [],
    retry: IMPATIENT,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const range = request.headers.get('content-range') ?? '';
      if (range.startsWith('bytes */')) return new Response('Not Found', { status: 404 });
      const [, last, total] = /-(\d+)\/(\d+)$/.exec(range) ?? [];
      const response = await sandbox.fetch(request);
      if (last === undefined || Number(last) + 1 < Number(total)) return response;
      throw new TypeError('fetch failed');
    },
  });
  const attachments = [{ filename: 'a.bin', content: Buffer.alloc(5_000_000, 7) }];
  const sent = gmail.messages.send({ ...MAIL, attachments }, { onProgress: () => undefined });
  expect(await failure(sent)).toMatchObject({ code: 'network', sent: true });
  expect(sandbox.google.testUser().gmail.messages()).toHaveLength(1);
});

test('20.resumable: a line on which nothing arrives ends, and nothing is sent', async () => {
  const { sandbox, gmail, pieces } = onBadLine(() => 'nothing');
  const attachments = [{ filename: 'a.bin', content: Buffer.alloc(5_000_000, 7) }];
  const options = { onProgress: () => undefined };
  expect(await failure(gmail.messages.send({ ...MAIL, attachments }, options))).toMatchObject({
    code: 'network',
  });
  expect(pieces()).toBe(4);
  expect(sandbox.google.testUser().gmail.messages()).toEqual([]);
  const dead: typeof fetch = async () => {
    throw new TypeError('fetch failed');
  };
  const broken = new GmailClient({ auth: 'token', fetch: dead, limits: [], retry: IMPATIENT });
  expect(await failure(broken.drafts.create({ ...MAIL, attachments }, options))).toMatchObject({
    code: 'network',
  });
});
