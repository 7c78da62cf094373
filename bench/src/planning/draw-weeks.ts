/** What a week costs, planned in three ways. */
export interface WeekCosts {
  optimum: number;
  planned: number;
  /** Earliest due first, in one pass. */
  edf: number;
}

const WIDTH = 760;
const HEIGHT = 260;
const LEFT = 44;
const BOTTOM = 34;
const TOP = 28;
const SERIES = [
  { name: 'optimum', label: 'optimum', color: '#9ca3af' },
  { name: 'planned', label: 'planTasks', color: '#1d4ed8' },
  { name: 'edf', label: 'earliest due first', color: '#fca5a5' },
] as const;

/** A bar per week and way, on a scale of square roots: one bad week of the simplest way would hide all others. */
export function drawWeeks(weeks: readonly WeekCosts[]): string {
  const most = Math.max(1, ...weeks.map(({ edf, planned }) => Math.max(edf, planned)));
  const y = (cost: number): number => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.sqrt(cost / most);
  const slot = (WIDTH - LEFT - 10) / weeks.length;
  const bar = slot / (SERIES.length + 1);
  const bars = weeks.flatMap((week, index) =>
    SERIES.map(({ name, color }, at) => {
      const x = LEFT + index * slot + at * bar;
      const top = y(week[name]);
      return `<rect x="${x.toFixed(1)}" y="${top.toFixed(1)}" width="${bar.toFixed(1)}" height="${(HEIGHT - BOTTOM - top).toFixed(1)}" fill="${color}"/>`;
    }),
  );
  const numbers = weeks.map((_, index) => {
    const x = LEFT + (index + 0.4) * slot;
    return `<text x="${x.toFixed(1)}" y="${HEIGHT - BOTTOM + 14}" fill="#6b7280" text-anchor="middle">${index + 1}</text>`;
  });
  const lines = [10, 50, 100, 200, 400].filter((cost) => cost <= most);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...lines.map(
      (cost) =>
        `<path d="M${LEFT} ${y(cost).toFixed(1)}H${WIDTH - 10}" stroke="#e5e7eb"/><text x="${LEFT - 6}" y="${(y(cost) + 4).toFixed(1)}" fill="#6b7280" text-anchor="end">${cost}</text>`,
    ),
    ...bars,
    ...numbers,
    ...SERIES.map(({ label, color }, at) => {
      const x = LEFT + at * 150;
      return `<rect x="${x}" y="8" width="10" height="10" fill="${color}"/><text x="${x + 15}" y="17" fill="#374151">${label}</text>`;
    }),
    `<text x="${WIDTH / 2}" y="${HEIGHT - 4}" fill="#6b7280" text-anchor="middle">week</text>`,
    '</svg>',
    '',
  ].join('\n');
}
