// Prints how long the source files of each package are: node scripts/shape.ts
import { readFileSync } from 'node:fs';
import { sourceFiles } from './lib/source-files.ts';
import { workspacePackages } from './lib/workspace.ts';

const COLUMNS = ['lines', 'files', 'median', 'p90', 'longest', '≤ 10 lines'];

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length;
}

/** In the order of the columns. */
function figuresOf(lengths: readonly number[]): number[] {
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const sum = sorted.reduce((total, length) => total + length, 0);
  return [sum, sorted.length, at(0.5), at(0.9), at(1), sorted.filter((length) => length <= 10).length];
}

function print(name: string, cells: readonly (number | string)[]): void {
  console.log(name.padEnd(17) + cells.map((cell) => String(cell).padStart(11)).join(''));
}

const lengths = workspacePackages().map(({ name, folder }) => ({
  name,
  lines: sourceFiles(folder).map(linesOf),
}));
print('src/', COLUMNS);
for (const { name, lines } of lengths) print(name, figuresOf(lines));
print('all', figuresOf(lengths.flatMap(({ lines }) => lines)));
