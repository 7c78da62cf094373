import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './workspace.ts';

export interface CodeBlock {
  /** Path of the page, from the repository's root. */
  page: string;
  /** The block's first line of code in the page, from 1. */
  line: number;
  /** What stands behind the fence: `ts`. */
  language: string;
  code: string;
}

const PAGES = ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md', 'bench/README.md'];

/** A fence, what stands behind it, and all lines up to the same fence. Fences may be indented, as in lists. */
const BLOCK = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm;

/** Every fenced block of the repository's pages. */
export function codeBlocks(): CodeBlock[] {
  return globSync(PAGES, { cwd: ROOT })
    .toSorted()
    .flatMap((page) => blocksOf(join(ROOT, page)));
}

function blocksOf(path: string): CodeBlock[] {
  const text = readFileSync(path, 'utf8');
  return Array.from(text.matchAll(BLOCK), (match) => ({
    page: relative(ROOT, path),
    line: text.slice(0, match.index).split('\n').length + 1,
    language: match[3]?.trim() ?? '',
    code: match[4] ?? '',
  }));
}
