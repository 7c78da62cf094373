import type { Plan } from '@context-sdk/context';

const DAY_MS = 24 * 3_600_000;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const WIDTH = 760;
const ROW = 34;
const LEFT = 44;
const FIRST_HOUR = 9;
const HOURS = 9;
/** By weight: what is more important is darker. */
const COLORS: Readonly<Record<number, string>> = { 5: '#1d4ed8', 3: '#3b82f6', 1: '#93c5fd', 0: '#dbeafe' };

interface Stretch {
  start: Date;
  end: Date;
}

/** The first five days of a plan, one line each: events in gray, pieces in blue, darker where the priority is higher. */
export function drawPlan({ pieces, request }: Plan, events: readonly Stretch[], monday: number): string {
  const priorities = new Map(request.tasks.map(({ id, priority = 0 }) => [id, priority]));
  const work = pieces.map(({ taskId, start, end }) => {
    const color = COLORS[priorities.get(taskId) ?? 0] ?? '#dbeafe';
    return bar({ start: new Date(start), end: new Date(end) }, monday, color);
  });
  const height = ROW * DAYS.length + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...DAYS.map((day, row) => `<text x="6" y="${row * ROW + 22}" fill="#374151">${day}</text>`),
    ...events.map((event) => bar(event, monday, '#9ca3af')),
    ...work,
    ...Array.from({ length: HOURS + 1 }, (_, hour) => {
      return `<text x="${x(hour)}" y="${height - 8}" fill="#6b7280" text-anchor="middle">${FIRST_HOUR + hour}</text>`;
    }),
    '</svg>',
    '',
  ].join('\n');
}

function x(hours: number): number {
  return LEFT + (hours / HOURS) * (WIDTH - LEFT - 14);
}

function bar({ start, end }: Stretch, monday: number, color: string): string {
  const row = Math.floor((start.getTime() - monday) / DAY_MS);
  if (row < 0 || row >= DAYS.length) return '';
  const from = (start.getTime() - monday - row * DAY_MS) / 3_600_000 - FIRST_HOUR;
  const length = (end.getTime() - start.getTime()) / 3_600_000;
  const width = Math.max(1, x(from + length) - x(from) - 1);
  return `<rect x="${x(from).toFixed(1)}" y="${row * ROW + 6}" width="${width.toFixed(1)}" height="${ROW - 10}" rx="3" fill="${color}"/>`;
}
