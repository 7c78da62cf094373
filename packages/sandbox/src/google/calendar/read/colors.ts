import type { JsonObject } from '../../../json.ts';

interface Color {
  readonly background: string;
  readonly foreground: string;
}

/** Google's palettes, by color id from 1 on. */
const CALENDAR_COLORS =
  'ac725e d06b64 f83a22 fa573c ff7537 ffad46 42d692 16a765 7bd148 b3dc6c fbe983 fad165 ' +
  '92e1c0 9fe1e7 9fc6e7 4986e7 9a9cff b99aff c2c2c2 cabdbf cca6ac f691b2 cd74e6 a47ae2';
const EVENT_COLORS = 'a4bdfc 7ae7bf dbadff ff887c fbd75b ffb878 46d6db e1e1e1 5484ed 51b749 dc2127';

function palette(colors: string, foreground: string): Readonly<Record<string, Color>> {
  const entries = colors
    .split(' ')
    .map((color, index): [string, Color] => [String(index + 1), { background: `#${color}`, foreground }]);
  return Object.fromEntries(entries);
}

export const COLORS: {
  readonly calendar: Readonly<Record<string, Color>>;
  readonly event: Readonly<Record<string, Color>>;
} = {
  calendar: palette(CALENDAR_COLORS, '#000000'),
  event: palette(EVENT_COLORS, '#1d1d1d'),
};

/** `colors.get`. */
export function colorsToWire(): JsonObject {
  const wire = (colors: Readonly<Record<string, Color>>): JsonObject =>
    Object.fromEntries(Object.entries(colors).map(([id, color]) => [id, { ...color }]));
  return {
    kind: 'calendar#colors',
    updated: '2012-02-14T00:00:00.000Z',
    calendar: wire(COLORS.calendar),
    event: wire(COLORS.event),
  };
}
