import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAll, temporaryFolder } from '../../scripts/lib/tarballs.ts';
import { type Figure, report } from './report.ts';

/** What a host installs, and the smallest program that uses its types. */
interface Consumer {
  packages: string[];
  code: string;
}

const TSC = join(import.meta.dirname, 'google/measured-tsc.cjs');
const OPTIONS = {
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  module: 'nodenext',
  target: 'es2023',
  types: [],
};

async function consumers(): Promise<Record<string, Consumer>> {
  const ours = (await packAll()).filter((packed) => /oauth-core|google-workspace/.test(packed.package.name));
  return {
    ours: {
      packages: ours.map(({ path }) => path),
      code: `import { GoogleCalendarClient, GmailClient } from '@context-sdk/google-workspace';
        export const event = new GoogleCalendarClient({ auth: 't' }).events.get('e1');
        export const drafts = new GmailClient({ auth: 't' }).drafts.list().toArray();`,
    },
    'per-API': {
      packages: ['@googleapis/calendar@20.0.1', '@googleapis/gmail@22.0.1', 'google-auth-library@11'],
      code: `import { calendar } from '@googleapis/calendar';
        import { gmail } from '@googleapis/gmail';
        export const event = calendar('v3').events.get({ calendarId: 'primary', eventId: 'e1' });
        export const drafts = gmail('v1').users.drafts.list({ userId: 'me' });`,
    },
    googleapis: {
      packages: ['googleapis@188.0.0'],
      code: `import { google } from 'googleapis';
        export const event = google.calendar('v3').events.get({ calendarId: 'primary', eventId: 'e1' });
        export const drafts = google.gmail('v1').users.drafts.list({ userId: 'me' });`,
    },
  };
}

function measure(name: string, { packages, code }: Consumer): Figure[] {
  const folder = join(temporaryFolder('google-size'), name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  execFileSync('npm', ['install', '--ignore-scripts', ...packages], { cwd: folder, stdio: 'ignore' });
  const kilobytes = Number.parseInt(
    execFileSync('du', ['-sk', 'node_modules'], { cwd: folder, encoding: 'utf8' }),
    10,
  );
  writeFileSync(join(folder, 'index.ts'), code);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: OPTIONS, files: ['index.ts'] }),
  );
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSC], { cwd: folder, encoding: 'utf8' });
  const seconds = (performance.now() - startedAt) / 1000;
  if (status !== 0) throw new Error(`${name} does not compile: ${stdout}`);
  return [
    { what: `${name}: installed`, value: kilobytes / 1000, unit: 'MB', digits: 1 },
    { what: `${name}: tsc`, value: seconds, unit: 's', digits: 1 },
    { what: `${name}: memory of tsc`, value: Number(stderr) / 1000, unit: 'MB', digits: 0 },
  ];
}

const all = Object.entries(await consumers());
report(
  'Google: what a host installs and compiles (skipLibCheck)',
  all.flatMap(([name, consumer]) => measure(name, consumer)),
);
