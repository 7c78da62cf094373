import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const EXAMPLES = join(import.meta.dirname, '../..');
const FOLDERS = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name);

const run = promisify(execFile);

describe('26.examples', () => {
  test.for(FOLDERS)('%s has a page, a row in the table, and one command that exists', (name) => {
    const manifest = JSON.parse(readFileSync(join(EXAMPLES, name, 'package.json'), 'utf8')) as {
      name: string;
      scripts?: Record<string, string>;
    };
    const command = `npm run demo -w ${manifest.name}`;
    expect(manifest.scripts).toHaveProperty('demo');
    expect(readFileSync(join(EXAMPLES, name, 'README.md'), 'utf8')).toContain(command);
    const table = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
    expect(table).toMatch(new RegExp(`^\\| \\[${name}\\]\\(${name}\\) .*\`${command}\``, 'm'));
  });

  const programs = FOLDERS.filter((name) => existsSync(join(EXAMPLES, name, 'on-sandbox.ts')));

  test.for(programs)('%s runs on the sandbox', async (name) => {
    const file = join(EXAMPLES, name, 'on-sandbox.ts');
    const { stdout } = await run(process.execPath, ['--conditions=@context-sdk/source', file]);
    expect(stdout).toContain(name === 'scripts' ? 'Invoice Contoso’s request' : '30 open tasks');
  });
});
