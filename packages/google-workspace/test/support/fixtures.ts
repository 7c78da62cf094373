import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const conformance = process.env['CONFORMANCE_DIR'];

export const hasFixtures: boolean = conformance !== undefined && conformance !== '';
/** Stands behind a suite's name, so that a skip says why. */
export const skipped: string = hasFixtures ? '' : ' (skipped: CONFORMANCE_DIR is not set)';

/** A file of `fixtures/google`; most are JSON. */
export function fixtureText(name: string): string {
  return readFileSync(join(conformance ?? '', 'fixtures/google', name), 'utf8');
}

export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}

/** One of Google's discovery documents: `calendar-v3` or `gmail-v1`. */
export function discoveryDocument(name: 'calendar-v3' | 'gmail-v1'): unknown {
  return JSON.parse(readFileSync(join(conformance ?? '', 'specs/google', `${name}.json`), 'utf8'));
}

/** Both discovery documents where they are at hand, for the sandbox to check requests against. */
export function discoveryDocuments(): unknown[] {
  return hasFixtures ? [discoveryDocument('calendar-v3'), discoveryDocument('gmail-v1')] : [];
}
