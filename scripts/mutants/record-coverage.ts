// A setup file: writes which functions of which sources a test file has called into the folder COVERAGE_FOLDER.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { ROOT } from '../lib/workspace.ts';
import { type Coverage, coverageFile } from './coverage-file.ts';

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
  writeFileSync(coverageFile(process.env['COVERAGE_FOLDER'] ?? '', test), JSON.stringify(coverage));
});
