import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';
import { type Package, workspacePackages } from './workspace.ts';

export interface Tarball {
  package: Package;
  path: string;
  /** Paths inside the package. */
  files: string[];
  bytes: number;
}

const temporaryFolders: string[] = [];

function removeFolders(): void {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
}

/** A folder below the system's temporary one, removed when this process ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `context-sdk-${name}-`));
  if (temporaryFolders.length === 0) process.once('exit', removeFolders);
  temporaryFolders.push(folder);
  return folder;
}

/** What `npm publish` would upload, for every package. */
export async function packAll(): Promise<Tarball[]> {
  const folder = temporaryFolder('pack');
  return Promise.all(workspacePackages().map((one) => pack(one, folder)));
}

async function pack(one: Package, into: string): Promise<Tarball> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
  const { code, stdout, output } = await run('npm', args, { cwd: one.folder });
  if (code !== 0) throw new Error(`npm pack failed in ${one.folder}:\n${output}`);
  const [packed] = JSON.parse(stdout) as { filename: string; size: number; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm pack packed nothing in ${one.folder}`);
  return {
    package: one,
    path: join(into, packed.filename),
    files: packed.files.map(({ path }) => path),
    bytes: packed.size,
  };
}
