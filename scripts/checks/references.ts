import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { REPOSITORY_FILES } from '../lib/repository.ts';
import { trackedFiles } from '../lib/tracked-files.ts';
import { ROOT } from '../lib/workspace.ts';

/** A link of a page: `[text](target)`, with the target in parentheses. */
const LINK = /\]\(([^)\s]+)\)/g;
/** A page that a comment or a page cites by its path from the root: `docs/facts/oauth.md#leases`. */
const CITATION = /(?<![\w./-])(docs\/[\w./-]+\.md(?:#[\w-]+)?)/g;
/** A citation by number, which no reader can follow: page.md, §2.1. */
const BY_NUMBER = /[\w./-]+\.md §[\w.]*/g;
const CODE_BLOCK = /^([ \t]*)```[\s\S]*?^\1```/gm;
const HEADING = /^#{1,6} +(.+)$/gm;
const EXTERNAL = /^[a-z]+:/;
/** What npm shows, too: relative links lead nowhere there. */
const SHOWN_BY_NPM = /^packages\/[\w-]+\/README\.md$/;

/** Links and citations lead to a file that is there, and to a heading in it. */
export function checkReferences(): Findings {
  const problems: string[] = [];
  let count = 0;
  for (const file of trackedFiles('*.md', '*.ts')) {
    for (const target of targetsIn(file)) {
      count++;
      const objection = objectionTo(target);
      if (objection !== undefined) problems.push(`${file} refers to ${target}: ${objection}`);
    }
  }
  problems.push(...relativeLinksOnNpm());
  return { problems, notes: [`${count} references`] };
}

function relativeLinksOnNpm(): string[] {
  const pages = trackedFiles('packages/*/README.md').filter((file) => SHOWN_BY_NPM.test(file));
  return pages.flatMap((page) =>
    linksIn(readFileSync(join(ROOT, page), 'utf8'))
      .filter((link) => !EXTERNAL.test(link) && !link.startsWith('#'))
      .map((link) => `${page} refers to ${link}: npm shows this page, so write ${REPOSITORY_FILES}…`),
  );
}

/** What a file refers to, as paths from the root, with the heading behind `#`. */
function targetsIn(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const citations = [...text.matchAll(CITATION), ...text.matchAll(BY_NUMBER)].map(([target]) => target);
  if (!file.endsWith('.md')) return citations;
  return [...citations, ...linksIn(text).flatMap((link) => fromRoot(file, link) ?? [])];
}

function linksIn(page: string): string[] {
  return Array.from(page.replaceAll(CODE_BLOCK, '').matchAll(LINK), ([, target = '']) => target);
}

/** `undefined` for a link that leads out of the repository. */
function fromRoot(file: string, link: string): string | undefined {
  if (link.startsWith(REPOSITORY_FILES)) return link.slice(REPOSITORY_FILES.length);
  if (EXTERNAL.test(link)) return undefined;
  return link.startsWith('#') ? `${file}${link}` : normalize(join(file, '..', link));
}

function objectionTo(target: string): string | undefined {
  if (target.includes('§')) return 'cite a heading (page.md#heading) or a public URL';
  const [path = '', heading] = target.split('#');
  if (!existsSync(join(ROOT, path))) return 'there is no such file';
  if (heading === undefined) return undefined;
  return headingsOf(path).has(heading) ? undefined : 'the page has no such heading';
}

/** The headings of a page, spelled as GitHub spells them in links. */
function headingsOf(page: string): Set<string> {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(CODE_BLOCK, '');
  return new Set(Array.from(text.matchAll(HEADING), ([, heading = '']) => slug(heading)));
}

function slug(heading: string): string {
  const words = heading.trim().toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
}
