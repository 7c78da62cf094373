import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HOST = `
  import { createContext } from '@context-sdk/context';
  import { AdoClient, personalAccessToken } from '@context-sdk/context/azure-devops';
  import { GoogleCalendarClient } from '@context-sdk/context/google';
  import { TickTickClient } from '@context-sdk/context/ticktick';
  const organizationUrl = 'https://dev.azure.com/acme';
  const made = [
    createContext,
    new AdoClient({ organizationUrl, auth: personalAccessToken('x'.repeat(52)) }),
    new GoogleCalendarClient({ auth: 'x' }),
    new TickTickClient({ auth: 'x' }),
  ];
  console.log(made.length);
`;

test('15: a host that esbuild bundles into one file can make every client', async () => {
  const outfile = join(folder, 'host.mjs');
  await build({
    stdin: { contents: HOST, resolveDir: import.meta.dirname },
    bundle: true,
    outfile,
    format: 'esm',
    platform: 'node',
    conditions: ['@context-sdk/source'],
    // Loaded on first use, which this host doesn't come to.
    external: ['@googleapis/*', 'azure-devops-node-api', 'nodemailer', 'postal-mime', 'ical.js'],
    logLevel: 'error',
  });
  expect(execFileSync(process.execPath, [outfile], { encoding: 'utf8' })).toBe('4\n');
}, 60_000);
