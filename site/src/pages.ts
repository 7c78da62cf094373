import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '..', '..');

/** Where the pages are collected, for VitePress to read. */
export const CONTENT: string = join(import.meta.dirname, '..', 'content');

const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  repository: { url: string };
};
export const REPOSITORY: string = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** Paths from the root of the repository to paths on the site. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['README.md', 'start.md'],
  ['CHANGELOG.md', 'changelog.md'],
  ['SECURITY.md', 'reporting-vulnerabilities.md'],
  ['compat/README.md', 'compatibility.md'],
  ['bench/README.md', 'benchmarks.md'],
  ...globSync('docs/**/*.{md,png,svg}', { cwd: ROOT }).map((path): [string, string] => [
    path,
    path.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md'),
  ]),
  ...globSync('packages/*/README.md', { cwd: ROOT }).map((path): [string, string] => [
    path,
    `packages/${path.split('/')[1]}.md`,
  ]),
]);

export function allPages(): [path: string, onSite: string][] {
  return [...PAGES];
}

/** Where the site has a file of the repository; a file that it has not is shown by the repository's host. */
export function addressOf(path: string): string {
  const page = PAGES.get(path);
  if (page !== undefined) return `/${page}`;
  const file = join(ROOT, path);
  if (!existsSync(file)) throw new Error(`There is no ${path}`);
  return `${REPOSITORY}/${statSync(file).isDirectory() ? 'tree' : 'blob'}/main/${path}`;
}
