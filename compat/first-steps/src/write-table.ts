import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../../docs/first-steps.md', import.meta.url);

/** Writes a table of docs/first-steps.md between its marks. Rows that were not made anew stay. */
export function writeTable(
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const command = name === 'before' ? 'run before' : 'start';
  const begin = `<!-- ${name}: written by npm --prefix compat/first-steps ${command} -->`;
  const end = `<!-- /${name} -->`;
  const [before = '', rest = ''] = readFileSync(PAGE, 'utf8').split(begin);
  const [old = '', after = ''] = rest.split(end);
  const cells = old
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  const table = new Map(cells.map((line) => [line.split('|')[1]?.trim() ?? '', line]));
  for (const row of rows) table.set(row[0] ?? '', `| ${row.join(' | ')} |`);
  const lines = [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...table.values()];
  writeFileSync(PAGE, `${before}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`);
}
