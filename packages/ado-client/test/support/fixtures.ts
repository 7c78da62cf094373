import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const conformance = process.env['CONFORMANCE_DIR'];

export const hasFixtures: boolean = conformance !== undefined && conformance !== '';
/** Stands behind a suite's name, so that a skip says why. */
export const skipped: string = hasFixtures ? '' : ' (skipped: CONFORMANCE_DIR is not set)';

function read(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(conformance ?? '', ...path), 'utf8').replace(/^\uFEFF/, ''));
}

export function fixture(name: string): unknown {
  return read('fixtures/azure-devops', name);
}

export function specification(name: string): unknown {
  return read('specs/azure-devops', name);
}

/** Names of the files of a folder, in order; none where there are no fixtures. */
export function fixturesIn(folder: string): string[] {
  if (!hasFixtures) return [];
  const names = readdirSync(join(conformance ?? '', 'fixtures/azure-devops', folder));
  return names.toSorted().map((name) => `${folder}/${name}`);
}

/** One of Microsoft's own examples: what is sent, and what is answered. */
export interface Example {
  parameters: Record<string, unknown>;
  responses: Record<string, { body?: unknown }>;
  'x-ms-vss-request-url'?: string;
}

export function example(name: string): Example {
  return fixture(`examples/${name}`) as Example;
}

/** The payload of a later Azure DevOps: with members that nobody knows yet, at every depth. */
export function withNews(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNews);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, item]): [string, unknown] => [key, withNews(item)]);
  return { ...Object.fromEntries(fields), brandNew: { deep: [1, null, 'ü'] } };
}
