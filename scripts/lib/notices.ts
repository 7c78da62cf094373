import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.ts';

/** The file that names other people's code inside `dist/`, with its licenses. */
export const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

const BUNDLED = /node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Names of the packages whose code is in `dist/`, as its source maps tell. */
export function bundledPackages(folder: string): string[] {
  const names = new Set<string>();
  for (const map of globSync('dist/*.js.map', { cwd: folder })) {
    const { sources } = JSON.parse(readFileSync(join(folder, map), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const name = BUNDLED.exec(source)?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].toSorted();
}

/** Writes the notices that the licenses of bundled code ask for; none where `dist/` is all ours. */
export function writeNotices(folder: string): void {
  const notices = bundledPackages(folder).map(notice);
  if (notices.length > 0) writeFileSync(join(folder, NOTICES), notices.join('\n'));
}

function notice(name: string): string {
  const from = join(ROOT, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const license = ['LICENSE', 'LICENSE.md', 'license'].map((file) => join(from, file)).find(existsSync);
  if (license === undefined) throw new Error(`${name} is bundled, but has no license file`);
  return `dist/ contains code of ${name} ${version}:\n\n${readFileSync(license, 'utf8')}`;
}
