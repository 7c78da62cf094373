import { defineConfig, type ViteUserConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Runs of a minute and more, for `npm run soak`; the reporter shows what they saw. */
const soak: ViteUserConfig = defineConfig({
  ...config,
  test: {
    testTimeout: 20_000,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    include: ['packages/*/{test,simulation}/**/*.soak.ts'],
    reporters: ['verbose'],
  },
});

export default soak;
