import type { Findings } from '../lib/checks.ts';
import type { Surface } from './surface.ts';

/** Types that a package may show without exporting them, with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  'context: TokenManager': 'who uses tables of accounts makes an OAuthClient of oauth-core, by its name',
  'context: TokenManagerOptions':
    'who uses tables of accounts makes an OAuthClient of oauth-core, by its name',
};

/**
 * A package exports the types of other packages that its own exports show: a host that has installed it alone, by a package
 * manager that doesn't hoist, can't name them otherwise (TS2742, in TypeScript 6 and 7 TS2883).
 */
export function checkUnnamedTypes(surfaces: readonly Surface[]): Findings {
  const problems = new Set<string>();
  const stale = new Set(Object.keys(ALLOWED));
  for (const { package: one, unnamed } of surfaces) {
    for (const { name, in: user } of unnamed) {
      const key = `${one.name}: ${name}`;
      stale.delete(key);
      if (!(key in ALLOWED))
        problems.add(`packages/${one.name}: ${user} shows ${name}, which no entry exports`);
    }
  }
  for (const key of stale) problems.add(`${key} is exported; take it off the list of exceptions`);
  return { problems: [...problems] };
}
