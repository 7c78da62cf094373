// CommonJS, Vite, a Worker, Bun and Deno, each on the built packages (npm run build) and against the sandbox.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSandbox } from '@context-sdk/sandbox';
import { build as bundle } from 'esbuild';
import { Miniflare, Response as WorkerResponse } from 'miniflare';
import { build } from 'vite';
import type { listTitles } from './runtimes/page.ts';
import { requiredBuiltins } from './runtimes/required-builtins.ts';

type Page = { listTitles: typeof listTitles };

const GOOGLE_SCOPES = ['https://www.googleapis.com/auth/calendar', 'https://mail.google.com/'];
const HERE = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'context-sdk-runtimes-'));

/** `require` of every package's root, and calls through the facade. */
function tryCommonJs(): string {
  return execFileSync('node', [join(HERE, 'runtimes/commonjs.cjs')], { encoding: 'utf8' }).trim();
}

/** A page that Vite builds: no module of Node in it, and it works. */
async function tryVite(): Promise<string> {
  const warnings: string[] = [];
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      lib: { entry: join(HERE, 'runtimes/page.ts'), formats: ['es'], fileName: 'page' },
      rolldownOptions: { onwarn: ({ message }) => void warnings.push(message) },
    },
  });
  assert.deepEqual(
    warnings.filter((message) => message.includes('externalized')),
    [],
  );
  const sandbox = createSandbox({ seed: 3 });
  const page = (await import(pathToFileURL(join(folder, 'page.js')).href)) as Page;
  return await page.listTitles(sandbox.ticktick.issueApiToken(), sandbox.fetch);
}

/** The facade in workerd: a sign-in begins, and a user's services answer. */
async function tryWorker(): Promise<string> {
  const sandbox = createSandbox({ seed: 3 });
  const outfile = join(folder, 'worker.mjs');
  await bundle({
    entryPoints: [join(HERE, 'runtimes/worker.ts')],
    bundle: true,
    outfile,
    format: 'esm',
    conditions: ['workerd', 'worker'],
    platform: 'node',
    plugins: [requiredBuiltins],
    logLevel: 'error',
  });
  const worker = new Miniflare({
    modules: true,
    script: readFileSync(outfile, 'utf8'),
    compatibilityDate: '2026-07-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings: {
      TICKTICK_TOKEN: sandbox.ticktick.issueApiToken(),
      PAT: sandbox.azureDevOps.issuePat(),
      GOOGLE_TOKEN: sandbox.google.issueToken({ scopes: GOOGLE_SCOPES }).accessToken,
      ORGANIZATION_URL: sandbox.azureDevOps.organization.url,
    },
    outboundService: async (request: Request) => {
      const { status, headers, body } = await sandbox.fetch(
        new Request(request.url, {
          method: request.method,
          headers: [...request.headers],
          ...(request.body && { body: await request.arrayBuffer() }),
        }),
      );
      return new WorkerResponse(body && (await new Response(body).arrayBuffer()), {
        status,
        headers: [...headers],
      });
    },
  });
  try {
    const signIn = await worker.dispatchFetch('https://app.test/auth/ticktick/authorize', {
      redirect: 'manual',
    });
    assert.equal(signIn.status, 302);
    return await (await worker.dispatchFetch('https://app.test/day')).text();
  } finally {
    await worker.dispose();
  }
}

/** The hosts that CI runs on Node, in another runtime. It is left out where it isn't installed. */
function tryRuntime(command: string, ...args: string[]): string {
  const version = spawnSync(command, ['--version'], { encoding: 'utf8' });
  if (version.error) return 'not installed, left out';
  for (const program of ['esm.mjs', 'facade.mjs']) {
    execFileSync(command, [...args, join(HERE, '../../scripts/consumer', program)], { stdio: 'inherit' });
  }
  return `${version.stdout.split('\n')[0]}, all clients and the facade`;
}

try {
  console.log('CommonJS:', tryCommonJs());
  console.log('Vite:', await tryVite());
  console.log('Worker:', await tryWorker());
  console.log('Bun:', tryRuntime('bun'));
  console.log('Deno:', tryRuntime('deno', 'run', '--allow-all'));
} finally {
  rmSync(folder, { recursive: true });
}
