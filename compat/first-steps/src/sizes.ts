import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';
import { temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { tarballsOf } from './packages.ts';

/** What lies in a folder after an installation. */
export interface Installed {
  kilobytes: number;
  packages: number;
  files: number;
}

const FLAGS = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
const OURS = ['oauth-core', 'ticktick-client', 'google-workspace', 'ado-client', 'context', 'sandbox', 'mcp'];

/** Measured in the same way on 2026-11-28: `du -sk` of a folder with only that package, without scripts. */
const PEERS = [
  ['oauth4webapi 3.8.8', 348, 1, 7],
  ['openid-client 6.8.9', 1_128, 3, 96],
  ['@octokit/core 7.0.8', 6_568, 12, 169],
  ['azure-devops-node-api 17.0.1', 11_788, 30, 1_120],
  ['google-auth-library 11.3.4', 12_096, 23, 434],
  ['@googleapis/calendar 20.0.1', 15_484, 48, 835],
  ['@doist/todoist-sdk 17.0.0', 15_788, 8, 1_850],
  ['@googleapis/gmail 22.0.1', 15_812, 48, 835],
  ['msw 3.0.5', 17_948, 49, 1_334],
  ['better-auth 1.7.25', 21_856, 21, 2_715],
  ['@mergeapi/merge-node-client 4.0.4', 56_936, 39, 11_405],
  ['googleapis 188.0.0', 261_484, 48, 3_064],
] as const;

export function installedIn(folder: string): Installed {
  const kilobytes = Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t')[0]);
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { optional?: boolean }> };
  const entries = Object.entries(packages).filter(([path, { optional }]) => path !== '' && optional !== true);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return { kilobytes, packages: entries.length, files: files.length };
}

/** Ours, each in an empty folder with those that it needs, before the peers'. */
export async function sizesOfPackages(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const name of OURS) {
    const tarballs = await tarballsOf([name]);
    const [own] = tarballs;
    if (own === undefined) throw new Error(`${name} is not packed.`);
    const folder = temporaryFolder('size');
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
    const { code, output } = await run('npm', ['install', ...FLAGS, ...tarballs.map(({ path }) => path)], {
      cwd: folder,
      timeoutMs: 600_000,
    });
    if (code !== 0) throw new Error(output);
    const { kilobytes, packages, files } = installedIn(folder);
    const count = (value: number): string => value.toLocaleString('en');
    rows.push([
      `**${own.package.manifest.name}**`,
      count(Math.ceil(own.bytes / 1000)),
      count(kilobytes),
      count(packages),
      count(files),
    ]);
  }
  return [
    ...rows,
    ...PEERS.map(([name, ...counts]) => [name, '', ...counts.map((one) => one.toLocaleString('en'))]),
  ];
}
