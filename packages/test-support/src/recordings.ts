import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = process.env['CONFORMANCE_DIR'] ?? '';

/** Whether `CONFORMANCE_DIR` names the folder of payloads and specifications of the real services. */
export const hasRecordings: boolean = FOLDER !== '';
/** Goes behind a suite's name, so that a skip says why. */
export const skipped: string = hasRecordings ? '' : ' (skipped: CONFORMANCE_DIR is not set)';

/** The text of a file below that folder: `recordedText('fixtures', 'google', 'mail.eml')`. */
export function recordedText(...path: readonly string[]): string {
  // Some of Microsoft's files begin with a byte order mark.
  return readFileSync(join(FOLDER, ...path), 'utf8').replace(/^\uFEFF/, '');
}

export function recorded(...path: readonly string[]): unknown {
  return JSON.parse(recordedText(...path));
}

/** Names of the files in a folder, in order; empty without recordings. */
export function recordedNames(...path: readonly string[]): string[] {
  return hasRecordings ? readdirSync(join(FOLDER, ...path)).toSorted() : [];
}

/** The payload of a later version of a service: with unknown fields at every depth. */
export function withUnknownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownFields);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    withUnknownFields(item),
  ]);
  return { ...Object.fromEntries(fields), brandNew: { deep: [1, null, 'ü'] } };
}
