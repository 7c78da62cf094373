import { normalize } from 'node:path/posix';
import { addressOf, REPOSITORY } from './pages.ts';

/** `[text](target)` and `![text](target)`; code is taken, too, so that it stays as it is. */
const LINK_OR_CODE = /(^([ \t]*)```[\s\S]*?^\2```|`[^`\n]+`)|\]\(([^)\s]+)\)/gm;
const EXTERNAL = /^[a-z]+:|^#/;

/** The page at `path`, a path from the root of the repository, with links that hold on the site. */
export function withSiteLinks(path: string, text: string): string {
  return text.replaceAll(LINK_OR_CODE, (whole, code: string | undefined, _, target: string | undefined) =>
    code !== undefined || target === undefined ? whole : `](${siteLink(path, target)})`,
  );
}

function siteLink(page: string, target: string): string {
  const files = `${REPOSITORY}/blob/main/`;
  if (target.startsWith(files)) return withHeading(target.slice(files.length));
  if (EXTERNAL.test(target)) return target;
  return withHeading(normalize(`${page}/../${target}`));
}

function withHeading(target: string): string {
  const [path = '', heading] = target.split('#');
  return addressOf(path.replace(/\/$/, '')) + (heading === undefined ? '' : `#${heading}`);
}
