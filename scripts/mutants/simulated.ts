import { matchesGlob } from 'node:path';

const SOURCES = 'packages/oauth-core/src';

/** What each simulation of oauth-core runs, the one that notices most first. */
const SIMULATED: Record<string, readonly string[]> = {
  [`${SOURCES}/leases/*.ts`]: ['leases', 'tokens'],
  [`${SOURCES}/tokens/!(access-token-source|client-credentials|credential-*|held-tokens).ts`]: ['tokens'],
};

/** The simulations that run a source file. */
export function simulationsOf(path: string): readonly string[] {
  const found = Object.entries(SIMULATED).find(([pattern]) => matchesGlob(path, pattern));
  return found === undefined ? [] : found[1];
}
