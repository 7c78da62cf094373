// Collects the pages of the repository for the site, with links that hold there.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withSiteLinks } from './links.ts';
import { allPages, CONTENT, ROOT } from './pages.ts';

rmSync(CONTENT, { recursive: true, force: true });
const pages = allPages();
for (const [path, onSite] of pages) {
  const from = join(ROOT, path);
  const to = join(CONTENT, onSite);
  mkdirSync(dirname(to), { recursive: true });
  if (path.endsWith('.md')) writeFileSync(to, withSiteLinks(path, readFileSync(from, 'utf8')));
  else copyFileSync(from, to);
}
copyFileSync(join(import.meta.dirname, 'home.md'), join(CONTENT, 'index.md'));
console.log(`${pages.length} pages and pictures`);
