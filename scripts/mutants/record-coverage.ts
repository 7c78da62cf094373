// A setup file: writes which functions of which sources a test file has called into the folder COVERAGE_FOLDER.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { ROOT } from '../lib/workspace.ts';

/** What one test file has called. */
export interface Coverage {
  test: string;
  milliseconds: number;
  /** Names of functions, by source file; paths are from the repository's root. */
  called: Record<string, string[]>;
}

const startedAt = performance.now();
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

afterAll(async () => {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const test = relative(ROOT, expect.getState().testPath ?? '');
  const coverage: Coverage = { test, milliseconds: performance.now() - startedAt, called: {} };
  for (const { url, functions } of result) {
    const path = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : relative(ROOT, url);
    if (!/^packages\/[\w-]+\/src\//.test(path)) continue;
    const called = functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
    coverage.called[path] = [...new Set(called.map(({ functionName }) => functionName))];
  }
  const name = `${createHash('sha1').update(test).digest('hex')}.json`;
  writeFileSync(join(process.env['COVERAGE_FOLDER'] ?? '', name), JSON.stringify(coverage));
});
