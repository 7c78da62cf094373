import { ON_FIRST_USE } from '../../scripts/checks/budgets.ts';
import { bundledSize } from '../../scripts/lib/bundled-size.ts';
import { report } from './report.ts';

const CLIENT = `export { TickTickClient } from '@context-sdk/ticktick-client';`;
const REQUESTS = `
  export { memoryRateLimiter, staticToken } from '@context-sdk/oauth-core';
  export { createPipeline } from '@context-sdk/oauth-core/client-kit';`;

const IN_KILOBYTES = { unit: 'kB', digits: 1 };
const isWithin = report(
  'Bundled by esbuild with everything it needs, minified, gzip -9 (1 kB = 1000 bytes)',
  [
    {
      what: 'TickTickClient, with ky and oauth-core',
      value: (await bundledSize(CLIENT, ON_FIRST_USE)) / 1000,
      goal: { atMost: 30 },
      ...IN_KILOBYTES,
    },
    {
      what: 'TickTickClient, with all that it loads on first use',
      value: (await bundledSize(CLIENT)) / 1000,
      ...IN_KILOBYTES,
    },
    {
      what: "oauth-core's requests: createPipeline, memoryRateLimiter, staticToken",
      value: (await bundledSize(REQUESTS, ON_FIRST_USE)) / 1000,
      goal: { atMost: 10 },
      ...IN_KILOBYTES,
    },
  ],
);

// Exact, unlike the times: a budget that is exceeded fails the script.
if (!isWithin) process.exitCode = 1;
