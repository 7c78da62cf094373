import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.ts';

/** The page that says what the sandbox does, by which source, and which test shows it. */
export const SANDBOX_PAGE = 'packages/sandbox/README.md';

/** A row of one of its tables. */
export interface SandboxBehavior {
  /** The heading above the table. */
  section: string;
  behavior: string;
  source: string;
  /** One or several, separated by commas. */
  test: string;
}

export function sandboxBehaviors(): SandboxBehavior[] {
  const [, ...sections] = readFileSync(join(ROOT, SANDBOX_PAGE), 'utf8').split(/^## /m);
  return sections.flatMap((text) => {
    const [section = ''] = text.split('\n', 1);
    return tablesIn(text).flatMap(([head = '', _rule, ...rows]) => {
      if (cellsOf(head).join() !== 'behavior,source,test') return [];
      return rows
        .map(cellsOf)
        .map(([behavior = '', source = '', test = '']) => ({ section, behavior, source, test }));
    });
  });
}

function tablesIn(text: string): string[][] {
  return text.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|')));
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
