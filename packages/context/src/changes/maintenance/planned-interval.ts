import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson, readWhole } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { isNumber, shapeOf } from '../../records/shape.ts';

/** The longest default interval. */
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

/** Records the interval for all processes: the next one with the same interval doesn't read all records. */
export async function savePlannedInterval(store: RecordStore, everyMs: number): Promise<void> {
  await overwriteJson(store, keys.plannedInterval, { everyMs });
}
