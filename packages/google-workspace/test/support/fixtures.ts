import { hasRecordings, recorded, recordedText } from '@context-sdk/test-support/recordings';

export { hasRecordings as hasFixtures, skipped } from '@context-sdk/test-support/recordings';

/** A file of `fixtures/google`; most are JSON. */
export function fixtureText(name: string): string {
  return recordedText('fixtures', 'google', name);
}

export function fixture(name: string): unknown {
  return recorded('fixtures', 'google', name);
}

/** One of Google's discovery documents: `calendar-v3` or `gmail-v1`. */
export function discoveryDocument(name: 'calendar-v3' | 'gmail-v1'): unknown {
  return recorded('specs', 'google', `${name}.json`);
}

/** Both discovery documents where they are at hand, for the sandbox to check requests against. */
export function discoveryDocuments(): unknown[] {
  return hasRecordings ? [discoveryDocument('calendar-v3'), discoveryDocument('gmail-v1')] : [];
}
