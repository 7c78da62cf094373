import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import type { Tarball } from '../lib/tarballs.ts';

/** What other people wrote, which is bundled: its sources are in no tarball of ours. */
const BUNDLED = '/node_modules/';

/** Source maps name files of their tarball: bundlers and debuggers warn of each that isn't there. */
export function checkSourceMaps(tarballs: readonly Tarball[]): Findings {
  return { problems: tarballs.flatMap(missingSources) };
}

function missingSources({ package: { folder, manifest }, files }: Tarball): string[] {
  return globSync(join(folder, 'dist/*.js.map')).flatMap((map) => {
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
    return sources
      .filter((source) => !source.includes(BUNDLED))
      .map((source) => relative(folder, join(dirname(map), source)))
      .filter((source) => !files.includes(source))
      .map((source) => `${manifest.name}: ${relative(folder, map)} names ${source}, which is not packed`);
  });
}
