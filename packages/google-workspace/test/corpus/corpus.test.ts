import { GmailClient, readMail } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { unexplained } from './compare.ts';
import { CORPUS } from './corpus.ts';
import { strangers } from './differences.ts';
import { postalMimeSummary, summaryOf } from './summaries.ts';

const clock = { now: () => Date.UTC(2026, 10, 23, 12) };
const sandbox = createSandbox({ seed: 'empty', clock, google: { quotas: { gmail: [] } } });
const gmail = new GmailClient({
  auth: sandbox.google.issueToken({ scopes: ['https://www.googleapis.com/auth/gmail.readonly'] }).accessToken,
  fetch: sandbox.fetch,
  limits: [],
  rateLimiter: memoryRateLimiter(),
});

test.each(CORPUS)('20.corpus: $name', async ({ name, source, expected }) => {
  const octets = Buffer.from(source, 'latin1');
  // As Gmail has it: SMTP knows no other line end than CRLF.
  const arrived = Buffer.from(source.replaceAll(/\r?\n/g, '\r\n'), 'latin1');
  const { id, threadId, internalDate } = sandbox.google.testUser().gmail.receive(arrived);
  const ours = await summaryOf(
    await readMail({ id, threadId, internalDate, raw: octets.toString('base64url') }),
  );
  expect(ours).toMatchObject(expected);
  const full = await summaryOf(await gmail.messages.read(id));
  const theirs = postalMimeSummary(await PostalMime.parse(octets, { forceRfc822Attachments: true }));
  expect(unexplained(name, 'full', ours, full)).toEqual([]);
  expect(unexplained(name, 'postal-mime', ours, theirs)).toEqual([]);
});

test('20.corpus: more than 100 mails, each by its own name, and no difference of a mail that is not there', () => {
  const names = CORPUS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(100);
  expect(strangers(names)).toEqual([]);
});
