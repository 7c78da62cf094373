import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { trackedFiles } from '../lib/tracked-files.ts';
import { ROOT } from '../lib/workspace.ts';

const PAGE = 'packages/sandbox/README.md';
/** Where numbers are looked for that name no package. */
const BY_NUMBER = 'packages/sandbox/test/ticktick/field-reports.test.ts';

/** What the page calls packages; a "client" is the service's. */
const PACKAGES = new Map([
  ['', ['sandbox']],
  ['client', ['ticktick-client', 'google-workspace', 'ado-client']],
  ['facade', ['context']],
]);

/** `18.2`, or `18.2 (ticktick-client)`: a test whose title begins so. */
const NUMBER = /^(\d+\.[\w-]+)(?: \(([\w-]+)\))?$/;
/** `` `wiql.test.ts` ``, or `` client: `search` ``: a file of tests. */
const FILE = /^(?:([\w-]+):? )?`([\w/-]+)(?:\.test\.ts)?`$/;

/** Every test that a table of the sandbox's page names is there. */
export function checkSandboxTables(): Findings {
  const problems: string[] = [];
  const named = namedTests(readFileSync(join(ROOT, PAGE), 'utf8'));
  for (const { behavior, test } of named) {
    if (!isThere(test)) problems.push(`${PAGE}: no test ${test} for: ${behavior}`);
  }
  return { problems, notes: [`${named.length} tests of behaviors`] };
}

function namedTests(page: string): { behavior: string; test: string }[] {
  const tables = page
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return tables.flatMap(([head = '', _rule, ...rows]) => {
    if (cellsOf(head).at(-1) !== 'test') return [];
    return rows
      .map(cellsOf)
      .flatMap(([behavior = '', ...rest]) =>
        (rest.at(-1) ?? '').split(', ').map((test) => ({ behavior, test })),
      );
  });
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function isThere(test: string): boolean {
  const [, number, ofPackage] = NUMBER.exec(test) ?? [];
  if (number !== undefined) {
    const files =
      ofPackage === undefined ? [BY_NUMBER] : trackedFiles(`packages/${ofPackage}/test/*.test.ts`);
    const titles = ["'", '"', '`'].map((quote) => `${quote}${number}: `);
    const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8'));
    return texts.some((text) => titles.some((title) => text.includes(title)));
  }
  const [, prefix = '', file] = FILE.exec(test) ?? [];
  if (file === undefined) return false;
  const folders = (PACKAGES.get(prefix) ?? [prefix]).map((name) => `packages/${name}/test`);
  const patterns = folders.flatMap((folder) => [`${folder}/${file}.test.ts`, `${folder}/*/${file}.test.ts`]);
  return trackedFiles(...patterns).length > 0;
}
