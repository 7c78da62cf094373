import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadedSources } from '../../../scripts/lib/loaded-sources.ts';

const NAMES = /^import (?!type )\{([^}]*)\} from '@context-sdk\/ado-client';/m;

/** What a source imports from the package beside types. */
function valuesIn(path: string): string[] {
  const names = NAMES.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
}

async function loadedWithFacade(): Promise<string[]> {
  return [...(await loadedSources(fileURLToPath(new URL('../src/index.ts', import.meta.url))))];
}

test('24.7: the facade loads what its calls need at once, and no maintenance, routes or links', async () => {
  const loaded = await loadedWithFacade();
  const folders =
    /\/src\/(?:agenda|changes\/(?:sources|maintenance\/(?!maintenance-options))|http\/auth\/(?!anonymous)|links\/(?!links\.ts)|task-actions|tools|plans)\//;
  expect(loaded.filter((path) => folders.test(path))).toEqual([]);
});

test('24.7: what the facade loads at once has no client of Azure DevOps in it', async () => {
  const loaded = await loadedWithFacade();
  expect(loaded.length).toBeGreaterThan(50);
  expect(loaded.filter((path) => valuesIn(path).length > 0)).toEqual([]);
});
