import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { soakFiles } from './scripts/tests/soak-files.ts';
import config from './vitest.config.ts';

/** Runs of a minute and more, for `npm run soak`; the reporter shows what they saw. */
const soak: ViteUserConfig = defineConfig({
  ...config,
  test: {
    testTimeout: 120_000,
    env: { PROPERTY_RUNS: '20' },
    experimental: { viteModuleRunner: false, nodeLoader: false },
    include: soakFiles(),
    reporters: ['verbose'],
  },
});

export default soak;
