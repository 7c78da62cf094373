import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import root from '../../vitest.config.ts';

const { resolve, ssr, test: { experimental } = {} } = root;
const config: ViteUserConfig = defineConfig({
  root: join(import.meta.dirname, '../..'),
  ...(resolve && { resolve }),
  ...(ssr && { ssr }),
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    testTimeout: 60_000,
    setupFiles: [join(import.meta.dirname, 'src/other-version.ts')],
    ...(experimental && { experimental }),
  },
});

export default config;
