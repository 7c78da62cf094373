import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'required-builtin';

function withPrefix(path: string): string {
  return path.startsWith('node:') ? path : `node:${path}`;
}

/**
 * Imports the modules of Node that CommonJS requires, as wrangler does. Google's libraries are CommonJS, and a Worker can import
 * `node:process` but not require it.
 */
export const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z0-9_:/]+$/ }, ({ path, kind }) => {
      if (!isBuiltin(path)) return undefined;
      const isRequired = kind === 'require-call';
      return { path: withPrefix(path), ...(isRequired ? { namespace: NAMESPACE } : { external: true }) };
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `import builtin from ${JSON.stringify(path)}; module.exports = builtin;`,
    }));
  },
};
