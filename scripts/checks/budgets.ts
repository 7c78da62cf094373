import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Findings } from '../lib/checks.ts';
import { ROOT } from '../lib/workspace.ts';

/** Bytes, gzipped, with all that the code needs. */
const BUDGETS = [
  {
    code: "export { TickTickClient } from '@context-sdk/ticktick-client'",
    limit: 30_000,
  },
  {
    code: "export { createPipeline, memoryRateLimiter, staticToken } from '@context-sdk/oauth-core'",
    limit: 10_000,
  },
];

/** What a browser or an edge function would download. A `node:` import cannot be bundled at all and fails here. */
export async function checkBudgets(): Promise<Findings> {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const { code, limit } of BUDGETS) {
    const bytes = await gzippedSize(code);
    notes.push(`${bytes.toLocaleString('en')} of ${limit.toLocaleString('en')} B gzipped: ${code}`);
    if (bytes > limit) problems.push(`${bytes} bytes are over the budget of ${limit}: ${code}`);
  }
  return { problems, notes };
}

async function gzippedSize(code: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    conditions: ['import'],
    // Without the repository's own tsconfig, as for a consumer.
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const sources = Object.keys(metafile.inputs).filter((file) => /^packages\/[\w-]+\/src\//.test(file));
  if (sources.length > 0) throw new Error(`Measured the sources, not dist: ${sources.join(', ')}`);
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}
