import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import root from '../../vitest.config.ts';

/** The peer that the tests import, and the alias under which this folder has the version to try. */
const { PEER = '', PEER_ALIAS = '' } = process.env;

const { resolve: find } = createRequire(join(import.meta.dirname, 'package.json'));

const otherVersion: Plugin = {
  name: 'other-version',
  enforce: 'pre',
  resolveId(source) {
    if (source !== PEER && !source.startsWith(`${PEER}/`)) return null;
    // Node loads it, as it would in a host.
    return { id: pathToFileURL(find(PEER_ALIAS + source.slice(PEER.length))).href, external: true };
  },
};

const { resolve, ssr } = root;
const config: ViteUserConfig = defineConfig({
  root: join(import.meta.dirname, '../..'),
  plugins: [otherVersion],
  ...(resolve && { resolve }),
  ...(ssr && { ssr }),
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    testTimeout: 60_000,
    // ioredis exports its class as the module and under its name, which Vitest would take for one.
    deps: { interopDefault: !PEER.endsWith('redis') },
  },
});

export default config;
