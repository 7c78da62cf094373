import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { Findings } from '../lib/checks.ts';
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
  return { problems, notes: [`${count} references`] };
}

/** What a file refers to, as paths from the root, with the heading behind `#`. */
function targetsIn(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const citations = [...text.matchAll(CITATION), ...text.matchAll(BY_NUMBER)].map(([target]) => target);
  if (!file.endsWith('.md')) return citations;
  const links = Array.from(text.replaceAll(CODE_BLOCK, '').matchAll(LINK), ([, target = '']) => target);
  return [...citations, ...links.filter((link) => !EXTERNAL.test(link)).map((link) => fromRoot(file, link))];
}

function fromRoot(file: string, link: string): string {
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
