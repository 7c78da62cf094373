import { cpus } from 'node:os';

/** A measured number and the goal it has to stay within. */
export interface Figure {
  what: string;
  value: number;
  unit?: string;
  digits?: number;
  /** `<` where the goal itself would be a miss. */
  goal?: { atMost: number } | { below: number } | undefined;
}

export function meets({ value, goal }: Figure): boolean {
  if (goal === undefined) return true;
  return 'below' in goal ? value < goal.below : value <= goal.atMost;
}

function row(figure: Figure): string[] {
  const { what, value, unit = '', digits = 2, goal } = figure;
  const withUnit = (number: number | string): string => `${number} ${unit}`.trim();
  if (goal === undefined) return [what, withUnit(value.toFixed(digits)), '', ''];
  const wanted = 'below' in goal ? `< ${goal.below}` : `≤ ${goal.atMost}`;
  return [what, withUnit(value.toFixed(digits)), withUnit(wanted), meets(figure) ? 'pass' : 'MISS'];
}

function print(rows: string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const [what = '', ...cells] of rows) {
    const padded = cells.map((cell, index) => cell.padStart(widths?.[index + 1] ?? 0));
    console.log([what.padEnd(widths?.[0] ?? 0), ...padded].join('  ').trimEnd());
  }
}

/** Prints the figures as a table under a title; says whether all goals are met. */
export function report(title: string, figures: readonly Figure[]): boolean {
  console.log(`\n${title}`);
  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`,
  );
  print([['', 'measured', 'goal', ''], ...figures.map(row)]);
  return figures.every(meets);
}
