import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const conformance = process.env['CONFORMANCE_DIR'];

export const hasFixtures: boolean = conformance !== undefined && conformance !== '';
/** Stands behind a suite's name, so that a skip says why. */
export const skipped: string = hasFixtures ? '' : ' (skipped: CONFORMANCE_DIR is not set)';
export const fixtureFolder: string = join(conformance ?? '', 'fixtures/ticktick');

export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(join(fixtureFolder, name), 'utf8'));
}

/** The payload of a later TickTick: with fields that nobody knows yet, at every depth. */
export function withNews(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNews);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, item]): [string, unknown] => [key, withNews(item)]);
  return { ...Object.fromEntries(fields), brandNew: { deep: [1, null, 'ü'] } };
}
