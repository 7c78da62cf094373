import type { Findings } from '../lib/checks.ts';
import type { Surface } from './surface.ts';

const SANDBOX_APART = 'the sandbox shares no code with the clients that it tests';

const OF_EACH_RUNNER = 'each test runner has its own';

/** Names that mean different things in two packages, with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  AccessRole: SANDBOX_APART,
  IdentityRef: SANDBOX_APART,
  ProjectInput: SANDBOX_APART,
  Region: SANDBOX_APART,
  useSandbox: OF_EACH_RUNNER,
};

/** A name that two entry points export is the same declaration in both. */
export function checkNames(surfaces: readonly Surface[]): Findings {
  const entries = surfaces.flatMap((surface) => surface.entries);
  const exported = entries.flatMap(({ entry, items }) =>
    items.map((item) => ({ ...item, from: entry.specifier })),
  );
  const problems: string[] = [];
  const stale = new Set(Object.keys(ALLOWED));
  for (const [name, items] of Map.groupBy(exported, (item) => item.name)) {
    if (new Set(items.map(({ file }) => file)).size === 1) continue;
    if (stale.delete(name)) continue;
    const places = items.map(({ from, file }) => `${from} (${file})`);
    problems.push(`${name} is not the same thing in ${places.join(' and ')}`);
  }
  for (const name of stale) problems.push(`${name} has one meaning; take it off the list of exceptions`);
  return { problems, notes: [`${exported.length} exports of ${entries.length} entry points`, ...reasons()] };
}

function reasons(): string[] {
  const names = Map.groupBy(Object.keys(ALLOWED), (name) => ALLOWED[name] ?? '');
  return [...names].map(([reason, list]) => `${list.join(', ')}: ${reason}`);
}
