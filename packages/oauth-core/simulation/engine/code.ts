import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import type * as errors from '../../src/errors/index.ts';
import type * as core from '../../src/index.ts';
import type * as leases from '../../src/leases/with-lease.ts';
import type * as throttle from '../../src/limiters/throttle/throttle-rate-limiter.ts';
import type * as encrypted from '../../src/stores/encrypted/encrypted-store.ts';
import type * as schedules from '../../src/stores/schedule/memory-schedule.ts';
import { GLOBAL_NAMES } from './process-globals.ts';
import type { SimProcess } from './sim-process.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = `
  export * from './src/index.ts';
  export { withLease, readLeased } from './src/leases/with-lease.ts';
  export { encryptedStore } from './src/stores/encrypted/encrypted-store.ts';
  export { throttleRateLimiter } from './src/limiters/throttle/throttle-rate-limiter.ts';
  export { memorySchedule } from './src/stores/schedule/memory-schedule.ts';
  export { StoreError } from './src/errors/index.ts';`;

export type Library = Pick<
  typeof core,
  'authorizationTransactions' | 'OAuthClient' | 'TokenManager' | 'memoryRateLimiter'
> &
  Pick<typeof leases, 'withLease'> &
  Pick<typeof encrypted, 'encryptedStore'> &
  Pick<typeof throttle, 'throttleRateLimiter'> &
  Pick<typeof schedules, 'memorySchedule'> &
  Pick<typeof errors, 'StoreError'>;

/** Loads the package once more: called for each simulated process, so that module state is per process. */
export type Code = (process: SimProcess) => Library;

/** A change of one source file, to see whether the simulation notices. `file` is a path below `src`. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The package as one function of its globals. */
export async function loadCode(change?: Change): Promise<Code> {
  const bundle = await build({
    stdin: { contents: ENTRY, resolveDir: PACKAGE, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'library',
    platform: 'node',
    target: 'node22',
    conditions: ['@context-sdk/source'],
    logLevel: 'error',
    plugins: change === undefined ? [] : [changing(change)],
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  const source = `(function (${GLOBAL_NAMES.join(', ')}) { ${text}\nreturn library; })`;
  const factory = runInThisContext(source, { filename: 'oauth-core.js' }) as (
    ...globals: unknown[]
  ) => Library;
  return (process) => {
    const globals = process.globals();
    return factory(...GLOBAL_NAMES.map((name) => globals[name]));
  };
}

function changing({ file, from, to }: Change): Plugin {
  return {
    name: 'change',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!path.endsWith(`/src/${file}`)) return undefined;
        const text = await readFile(path, 'utf8');
        if (text.split(from).length !== 2) throw new Error(`${file} does not have this text once: ${from}`);
        return { contents: text.replace(from, () => to), loader: 'ts' };
      });
    },
  };
}
