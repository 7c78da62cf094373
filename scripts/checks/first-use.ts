import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Findings } from '../lib/checks.ts';
import { loadedSources } from '../lib/loaded-sources.ts';
import { run } from '../lib/run.ts';
import { ROOT } from '../lib/workspace.ts';
import type { ImportReport } from './import-probe.ts';

/** What an import of the facade may load (docs/decisions/0132). */
const MODULES = 6;
const BYTES = 432_000;

const ON_FIRST_USE = /\bimport\('(\.[^']+)'\)/g;
const AT_ONCE = /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm;

/** What loads on first use doesn't load with the facade: one import of a lazily loaded file would bring it there. */
export async function checkFirstUse(): Promise<Findings> {
  const sources = await loadedSources(join(ROOT, 'packages/context/src/index.ts'));
  const modules = await loadedModules();
  const bytes = modules.reduce((sum, path) => sum + statSync(path).size, 0);
  const figures = `${modules.length} modules with ${(bytes / 1000).toFixed(0)} kB`;
  const problems = loadedTooEarly(sources);
  if (modules.length > MODULES || bytes > BYTES) {
    const limit = `${MODULES} modules with ${BYTES / 1000} kB`;
    problems.push(`the facade loads ${figures}, more than ${limit}:\n${modules.map(shown).join('\n')}`);
  }
  return { problems, notes: [`the facade: ${figures}`] };
}

function loadedTooEarly(sources: ReadonlySet<string>): string[] {
  const importersOf = (pattern: RegExp, target: string): string[] =>
    [...sources].filter((source) => targetsIn(source, pattern).includes(target));
  const onFirstUse = new Set([...sources].flatMap((source) => targetsIn(source, ON_FIRST_USE)));
  const tooEarly = [...onFirstUse].filter((target) => sources.has(target));
  return tooEarly.map((target) => {
    const importers =
      importersOf(AT_ONCE, target).map(shown).join(', ') || 'a file that passes its exports on';
    const lazy = importersOf(ON_FIRST_USE, target).map(shown).join(', ');
    return `${shown(target)} is to load on first use (${lazy}), but loads with the facade: ${importers} imports it`;
  });
}

function targetsIn(source: string, pattern: RegExp): string[] {
  const found = readFileSync(source, 'utf8').matchAll(pattern);
  return Array.from(found, ([, target = '']) => resolve(dirname(source), target));
}

/** The built modules that an import of the facade loads. */
async function loadedModules(): Promise<string[]> {
  const probe = join(import.meta.dirname, 'import-probe.ts');
  const { stdout, output } = await run('node', [probe, '@context-sdk/context']);
  if (stdout === '') throw new Error(`The facade cannot be imported:\n${output}`);
  const { loads } = JSON.parse(stdout) as ImportReport;
  return [...new Set(loads.map(({ url }) => fileURLToPath(url)))];
}

function shown(path: string): string {
  return relative(ROOT, path);
}
