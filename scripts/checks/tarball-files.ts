import { existsSync, globSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { bundledPackages, NOTICES } from '../lib/notices.ts';
import { SHARED_MODULES } from '../lib/shared-imports.ts';
import { sourceFiles } from '../lib/source-files.ts';
import type { Tarball } from '../lib/tarballs.ts';
import type { Package } from '../lib/workspace.ts';

/** Code and types that several entries share, named by the build: `shared-33YS6HPB.js`, `record-store-BDePaSNA.d.ts`. */
const SHARED = /^dist\/[\w-]+-[\w-]{8}\.(js|js\.map|d\.ts)$/;

/** A tarball holds what its package's `exports` and `src` say, and nothing else: no test, no stray file. */
export function checkTarballFiles(tarballs: readonly Tarball[]): Findings {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const { package: one, files, bytes } of tarballs) {
    const expected = expectedFiles(one);
    const missing = expected.filter((file) => !files.includes(file));
    const surplus = files.filter((file) => !expected.includes(file) && !SHARED.test(file));
    problems.push(...missing.map((file) => `${one.manifest.name} lacks ${file}`));
    problems.push(...surplus.map((file) => `${one.manifest.name} holds ${file}`));
    notes.push(`${one.manifest.name}: ${files.length} files, ${(bytes / 1000).toFixed(0)} kB packed`);
  }
  return { problems, notes };
}

function expectedFiles({ folder, entries }: Package): string[] {
  const built = entries.flatMap(({ module, types }) => [module, `${module}.map`, types]);
  const sharedModules = SHARED_MODULES.map((name) => join(folder, `dist/${name}.js`)).flatMap((file) =>
    existsSync(file) ? [file, `${file}.map`] : [],
  );
  const sources = sourceFiles(folder).filter((file) => !/\.test(-d)?\.ts$/.test(file));
  const files = [...built, ...sharedModules, ...sources].map((file) => relative(folder, file));
  // The sources are in the tarball for source maps, and with them what explains their folders.
  const pages = globSync('src/**/README.md', { cwd: folder });
  const notices = bundledPackages(folder).length > 0 ? [NOTICES] : [];
  return ['package.json', 'README.md', 'LICENSE', ...notices, ...pages, ...files];
}
