import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { composed } from '../mime/composed.ts';
import { anyMail, withTightNames } from './any-mail.ts';
import { hasPython, readByPostalMime, readByPython } from './readers.ts';

/** The third reader is mailparser: `npm --prefix compat/mail start`. */
const MAILS = fc.sample(anyMail, { numRuns: 60, seed: 20 });

test('20.readers: postal-mime reads what was composed', async () => {
  for (const { mail, expected } of MAILS) {
    expect(await readByPostalMime((await composed(mail)).bytes)).toEqual(expected);
  }
});

test.skipIf(!hasPython)(
  '20.readers: Python’s email reads what was composed (skipped without python3)',
  async () => {
    const sent = await Promise.all(MAILS.map(async ({ mail }) => (await composed(mail)).bytes));
    const read = readByPython(sent);
    for (const [index, { expected }] of MAILS.entries())
      expect(read[index]).toEqual(withTightNames(expected));
  },
);
