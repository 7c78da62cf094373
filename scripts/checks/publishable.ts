import type { Findings } from '../lib/checks.ts';
import { run } from '../lib/run.ts';
import { SHARED_MODULES } from '../lib/shared-imports.ts';
import type { Tarball } from '../lib/tarballs.ts';

/** What only the built modules of our packages import has no declarations. */
const UNTYPED = ['--exclude-entrypoints', ...SHARED_MODULES];

/** publint and "are the types wrong?" on what would be published. */
export async function checkPublishable(tarballs: readonly Tarball[]): Promise<Findings> {
  const problems: string[] = [];
  for (const { package: one, path } of tarballs) {
    for (const [command, args] of [
      ['publint', ['run', path, '--strict']],
      ['attw', [path, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii', ...UNTYPED]],
    ] as const) {
      const { code, output } = await run(command, args);
      if (code !== 0) problems.push(`${command} on ${one.manifest.name}:\n${output}`);
    }
  }
  return { problems };
}
