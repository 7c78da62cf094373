import { isDeepStrictEqual } from 'node:util';
import { readMail } from '@context-sdk/google-workspace';
import * as fc from 'fast-check';
import { unexplained } from '../../../packages/google-workspace/test/corpus/compare.ts';
import { CORPUS } from '../../../packages/google-workspace/test/corpus/corpus.ts';
import { summaryOf } from '../../../packages/google-workspace/test/corpus/summaries.ts';
import { composed } from '../../../packages/google-workspace/test/mime/composed.ts';
import {
  anyMail,
  type MailAsRead,
  withTightNames,
} from '../../../packages/google-workspace/test/round-trip/any-mail.ts';
import {
  hasPython,
  readByPostalMime,
  readByPython,
} from '../../../packages/google-workspace/test/round-trip/readers.ts';
import { mailparserSummary, readByMailparser } from './mailparser.ts';

const runs = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? Date.now());
let failures = 0;

function fail(what: string): void {
  failures += 1;
  if (failures <= 20) process.stdout.write(`FAILED: ${what}\n`);
}

for (const { name, source } of CORPUS) {
  const octets = Buffer.from(source, 'latin1');
  const ours = await summaryOf(
    await readMail({ id: 'a', threadId: 'a', internalDate: '0', raw: octets.toString('base64url') }),
  );
  for (const problem of unexplained(name, 'mailparser', ours, await mailparserSummary(octets))) {
    fail(`${name}: ${problem}`);
  }
}
process.stdout.write(`${CORPUS.length} mails of the corpus read beside mailparser\n`);

const mails = fc.sample(anyMail, { numRuns: runs, seed });
const sent: Buffer[] = [];
for (const { mail } of mails) sent.push((await composed(mail)).bytes);
const byPython = hasPython ? readByPython(sent) : [];
for (const [index, { expected }] of mails.entries()) {
  const bytes = sent[index] ?? Buffer.of();
  compare('postal-mime', expected, await readByPostalMime(bytes));
  compare('mailparser', expected, await readByMailparser(bytes));
  if (hasPython) compare('Python', withTightNames(expected), byPython[index]);
}
const python = hasPython ? 'Python' : 'no Python, which is not on this machine';
process.stdout.write(
  `${runs} mails composed (seed ${seed}), read by postal-mime, mailparser and ${python}\n`,
);
process.stdout.write(failures === 0 ? 'as they should be\n' : `${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;

function compare(reader: string, expected: MailAsRead, actual: MailAsRead | undefined): void {
  for (const [field, wanted] of Object.entries(expected)) {
    const found = Object.entries(actual ?? {}).find(([name]) => name === field)?.[1];
    if (!isDeepStrictEqual(wanted, found)) {
      fail(`${reader}, ${field}: ${JSON.stringify(wanted)} was read as ${JSON.stringify(found)}`);
    }
  }
}
