import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson, readWhole } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { isNumber, shapeOf } from '../../records/shape.ts';

/** The longest interval that is in use without the host's saying so. */
export const LONGEST_POLL_EVERY_MS: number = 5 * 60_000;

const INTERVAL = shapeOf({ everyMs: isNumber });

/** Whether a record is that of the interval. */
export function isPlannedInterval(value: unknown): value is { everyMs: number } {
  return INTERVAL(value);
}

/** The interval that everything in the index was planned for. */
export async function plannedInterval(store: RecordStore): Promise<number> {
  return (await readWhole(store, keys.plannedInterval, isPlannedInterval))?.everyMs ?? LONGEST_POLL_EVERY_MS;
}

/** Tells all processes, so that the next one with this interval does not look at all records. */
export async function savePlannedInterval(store: RecordStore, everyMs: number): Promise<void> {
  await overwriteJson(store, keys.plannedInterval, { everyMs });
}
