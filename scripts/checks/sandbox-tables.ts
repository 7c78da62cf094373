import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { SANDBOX_PAGE, sandboxBehaviors } from '../lib/sandbox-tables.ts';
import { trackedFiles } from '../lib/tracked-files.ts';
import { ROOT } from '../lib/workspace.ts';

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

/** Every behavior in the tables of the sandbox's page has a source, and the tests that it names are there. */
export function checkSandboxTables(): Findings {
  const problems: string[] = [];
  const behaviors = sandboxBehaviors();
  for (const { behavior, source, test } of behaviors) {
    if (source === '') problems.push(`${SANDBOX_PAGE}: no source for: ${behavior}`);
    for (const one of test.split(', '))
      if (!isThere(one)) problems.push(`${SANDBOX_PAGE}: no test ${one} for: ${behavior}`);
  }
  return { problems, notes: [`${behaviors.length} behaviors`] };
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
