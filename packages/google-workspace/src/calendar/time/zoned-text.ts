import { offsetAt } from './time-zone.ts';
import { MINUTE_MS } from './units.ts';

/**
 * An instant as the zone's clocks show it, with their offset and in whole seconds: `2026-11-23T09:00:00+01:00`; UTC is
 * `+00:00`, never `Z`. Offsets of old times had seconds, which RFC 3339 has no place for: the text goes by the minute
 * then, and names the same instant.
 */
export function zonedText(instant: number, timeZone: string): string {
  const minutes = Math.trunc(offsetAt(instant, timeZone) / MINUTE_MS);
  const clock = new Date(instant + minutes * MINUTE_MS).toISOString().slice(0, 19);
  const ahead = Math.abs(minutes);
  const hour = String(Math.floor(ahead / 60)).padStart(2, '0');
  const minute = String(ahead % 60).padStart(2, '0');
  return `${clock}${minutes < 0 ? '-' : '+'}${hour}:${minute}`;
}
