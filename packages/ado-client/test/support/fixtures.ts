import { recorded, recordedNames } from '@context-sdk/test-support/recordings';

export {
  hasRecordings as hasFixtures,
  skipped,
  withUnknownFields,
} from '@context-sdk/test-support/recordings';

export function fixture(name: string): unknown {
  return recorded('fixtures', 'azure-devops', name);
}

export function specification(name: string): unknown {
  return recorded('specs', 'azure-devops', name);
}

/** Names of the files in a folder, in order; empty without recordings. */
export function fixturesIn(folder: string): string[] {
  return recordedNames('fixtures', 'azure-devops', folder).map((name) => `${folder}/${name}`);
}

/** One of Microsoft's own examples: what is sent, and the responses. */
export interface Example {
  parameters: Record<string, unknown>;
  responses: Record<string, { body?: unknown }>;
  'x-ms-vss-request-url'?: string;
}

export function example(name: string): Example {
  return fixture(`examples/${name}`) as Example;
}
