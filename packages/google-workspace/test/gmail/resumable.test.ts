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
