import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const conformance = process.env['CONFORMANCE_DIR'] ?? '';

export const hasFixtures: boolean = conformance !== '';
/** Stands behind a suite's name, so that a skip says why. */
export const skipped: string = hasFixtures ? '' : ' (skipped: CONFORMANCE_DIR is not set)';

export function fixture(name: string): unknown {
  return readJson(join(conformance, 'fixtures/azure-devops', name));
}

/** The names of a folder's fixtures; none where there are no fixtures. */
export function fixturesIn(folder: string): readonly string[] {
  return hasFixtures ? readdirSync(join(conformance, 'fixtures/azure-devops', folder)) : [];
}

/** Microsoft's Swagger documents of work item tracking and service hooks. */
export function swaggerDocuments(): readonly unknown[] {
  return ['workItemTracking-7.1.json', 'serviceHooks-7.1.json'].map((name) =>
    readJson(join(conformance, 'specs/azure-devops', name)),
  );
}

/** Some of Microsoft's files begin with a byte order mark. */
function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
}
