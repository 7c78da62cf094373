import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { run } from '../lib/run.ts';
import { type Package, workspacePackages } from '../lib/workspace.ts';
import type { ImportReport } from './import-probe.ts';

/** Libraries that load on first use, or never. */
const HEAVY =
  /\/node_modules\/(ky|msw|zod|googleapis|@googleapis|google-auth-library|gaxios|azure-devops-node-api|jose|nodemailer|rrule-temporal)\//;
const NETWORK = [
  'http',
  'https',
  'http2',
  'net',
  'tls',
  'dgram',
  'child_process',
  'internal/deps/undici/undici',
];

/** Importing a package's root does nothing: no network module, no heavy library, no timer, nothing left running. */
export async function checkPurity(): Promise<Findings> {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const one of workspacePackages()) {
    const { name } = one.manifest;
    const probe = join(import.meta.dirname, 'import-probe.ts');
    const { code, stdout, output } = await run('node', [probe, name], { timeoutMs: 10_000 });
    if (stdout === '') {
      problems.push(`importing ${name} fails:\n${output}`);
      continue;
    }
    const report = JSON.parse(stdout) as ImportReport;
    const impurities = new Set(impuritiesOf(report, one));
    if (code !== 0) impurities.add('leaves the process running');
    problems.push(...Array.from(impurities, (what) => `importing ${name} ${what}`));
    notes.push(`${name}: ${new Set(report.loads.map(({ url }) => url)).size} modules`);
  }
  return { problems, notes };
}

function* impuritiesOf(
  { loads, builtins, calls, resources }: ImportReport,
  { folder }: Package,
): Iterable<string> {
  if (!loads.some(({ url }) => url.startsWith(`file://${folder}/dist/`))) yield 'does not load its dist';
  for (const { url, parent } of loads) {
    const library = HEAVY.exec(url)?.[1];
    if (library) yield `loads ${library}`;
    const isOurs = parent.includes('/packages/') && !parent.includes('/node_modules/');
    if (isOurs && url.startsWith('node:')) yield `loads ${url}`;
  }
  for (const name of NETWORK) if (builtins.includes(name)) yield `loads Node's own ${name}`;
  for (const name of calls) yield `calls ${name}`;
  for (const name of resources) yield `leaves a ${name} open`;
}
