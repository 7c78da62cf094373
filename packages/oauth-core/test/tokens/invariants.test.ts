import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const PAGE = fileURLToPath(new URL('../../../../docs/tokens.md', import.meta.url));
const NUMBERS = Array.from({ length: 26 }, (_, index) => `I-${index + 1}`);

/** The numbers that titles in a test file begin with. */
function numbersIn(file: string): Set<string> {
  const titles = readFileSync(join(TESTS, file), 'utf8').matchAll(/['"`](I-\d+(?:, I-\d+)*): /g);
  return new Set([...titles].flatMap(([, numbers = '']) => numbers.split(', ')));
}

/** The rows of the table in docs/tokens.md: the number, and the files that it names. */
function tableRows(): { number: string; files: string[] }[] {
  const rows = readFileSync(PAGE, 'utf8').matchAll(/^\| (I-\d+) .*\|(.*)\|$/gm);
  return [...rows].map(([, number = '', files = '']) => ({
    number,
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }));
}

test('each of the 26 invariants has a test whose title begins with its number', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' });
  const tested = new Set(
    files.filter((file) => file.endsWith('.test.ts')).flatMap((file) => [...numbersIn(file)]),
  );
  expect(NUMBERS.filter((number) => !tested.has(number))).toEqual([]);
});

test('the table in docs/tokens.md names all of them, each with files that test it', () => {
  const rows = tableRows();
  expect(rows.map(({ number }) => number)).toEqual(NUMBERS);
  for (const { number, files } of rows) {
    expect(files, number).not.toEqual([]);
    for (const file of files) expect([...numbersIn(file)], file).toContain(number);
  }
});
