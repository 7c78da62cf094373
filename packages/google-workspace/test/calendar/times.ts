import type { NewEventInput } from '@context-sdk/google-workspace';
import type { JsonObject } from '@context-sdk/sandbox';

/** An hour of Monday, 2026-11-23. */
export function hour(from: number, changes: Partial<NewEventInput> = {}): NewEventInput {
  const at = (clock: number): string => `2026-11-23T${String(clock).padStart(2, '0')}:00:00`;
  const timeZone = 'Europe/Zurich';
  return {
    summary: 'Planning',
    start: { dateTime: at(from), timeZone },
    end: { dateTime: at(from + 1), timeZone },
    ...changes,
  };
}

/** The same as JSON, for the sandbox. */
export function plainHour(from: number): JsonObject {
  return JSON.parse(JSON.stringify(hour(from))) as JsonObject;
}

export const EMPTY = { sandbox: { seed: 'empty' } } as const;
export const QUIET = { sendUpdates: 'none' } as const;
