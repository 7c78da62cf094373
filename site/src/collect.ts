// Collects the pages of the repository for the site, with links that hold there.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withSiteLinks } from './links.ts';
import { allPages, CONTENT, ROOT } from './pages.ts';

/** Tells a script where its table begins or ends. Pages show no HTML, and would show it as text. */
const MARK = /^<!-- .* -->\n/gm;

rmSync(CONTENT, { recursive: true, force: true });
const pages = allPages();
for (const [path, onSite] of pages) {
  const from = join(ROOT, path);
  const to = join(CONTENT, onSite);
  mkdirSync(dirname(to), { recursive: true });
  if (path.endsWith('.md'))
    writeFileSync(to, withSiteLinks(path, readFileSync(from, 'utf8').replaceAll(MARK, '')));
  else copyFileSync(from, to);
}
// As it is, beside llms.txt: what an agent installs.
mkdirSync(join(CONTENT, 'public'), { recursive: true });
copyFileSync(join(ROOT, 'docs/skill/SKILL.md'), join(CONTENT, 'public', 'skill.md'));
copyFileSync(join(import.meta.dirname, 'home.md'), join(CONTENT, 'index.md'));
console.log(`${pages.length} pages and pictures`);
