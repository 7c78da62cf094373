import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { report } from './report.ts';

/** Bytes of a program and all that it needs, minified and gzipped. */
async function bundledSize(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no bundle.');
  return gzipSync(bundle.contents, { level: 9 }).length;
}

const inKilobytes = { unit: 'kB', digits: 1 };
const isWithin = report(
  'Bundled by esbuild with everything it needs, minified, gzip -9 (1 kB = 1000 bytes)',
  [
    {
      what: 'TickTickClient, with ky and oauth-core',
      value: (await bundledSize(`export { TickTickClient } from '@context-sdk/ticktick-client';`)) / 1000,
      goal: { atMost: 30 },
      ...inKilobytes,
    },
    {
      what: "oauth-core's requests: createPipeline, memoryRateLimiter, staticToken",
      value:
        (await bundledSize(
          `export { createPipeline, memoryRateLimiter, staticToken } from '@context-sdk/oauth-core';`,
        )) / 1000,
      goal: { atMost: 10 },
      ...inKilobytes,
    },
  ],
);

// Exact, unlike the times: a budget that is exceeded fails the script.
if (!isWithin) process.exitCode = 1;
