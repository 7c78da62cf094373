import { unknownException } from './api-call.ts';

const WIRE_DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?)([+-]\d\d)(\d\d)$/;

/**
 * Reads `yyyy-MM-dd'T'HH:mm:ssZ`, with or without milliseconds. The offset has no colon, and `Z` alone is not accepted. What the
 * service does with anything else is not known; failing as for other unreadable bodies is the most plausible.
 */
export function parseWireDate(text: string): number {
  const [, local, hours, minutes] = WIRE_DATE.exec(text) ?? [];
  const instant = Date.parse(`${local}${hours}:${minutes}`);
  if (Number.isNaN(instant)) throw unknownException();
  return instant;
}

/** `2026-10-11T09:00:00.000+0000`: always with milliseconds, always in UTC. */
export function formatWireDate(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000');
}
