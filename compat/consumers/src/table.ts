import { readFileSync, writeFileSync } from 'node:fs';

export interface Row {
  host: string;
  version: string;
  /** What was done and seen. */
  seen: string;
}

const BEGIN = '<!-- consumers: written by npm --prefix compat/consumers start -->';
const END = '<!-- /consumers -->';

/** Writes the rows of what was tried into both tables; the rows of what was not tried stay. */
export function writeTables(rows: readonly Row[]): void {
  writeBetween(
    '../../README.md',
    ['framework', 'tried with', 'what'],
    ({ host, version, seen }) => [host, version, seen],
    rows,
  );
  writeBetween(
    '../../../README.md',
    ['framework', 'tried with'],
    ({ host, version }) => [host, version],
    rows,
  );
}

function writeBetween(
  path: string,
  head: readonly string[],
  cellsOf: (row: Row) => string[],
  rows: readonly Row[],
): void {
  const file = new URL(path, import.meta.url);
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(BEGIN);
  const [old = '', after = ''] = rest.split(END);
  const lines = new Map(rowsOf(old, head.length));
  for (const row of rows) lines.set(row.host, cellsOf(row));
  const table = [[...head], head.map(() => '---'), ...lines.values()].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  writeFileSync(file, `${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`);
}

/** The rows that a table has, by their first cell, without its head. */
function rowsOf(table: string, width: number): [string, string[]][] {
  const lines = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  return lines.map((line) => {
    const cells = line
      .split('|')
      .slice(1, width + 1)
      .map((cell) => cell.trim());
    return [cells[0] ?? '', cells];
  });
}
