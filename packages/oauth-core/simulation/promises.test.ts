import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCode } from './engine/code.ts';
import { EXCUSED } from './excused.ts';
import { LEASE_RULES } from './leases/rules.ts';
import { LIMITER_RULES } from './limiter/rules.ts';
import { SIGN_IN_RULES } from './sign-ins/rules.ts';
import { simulationNamed } from './simulations.ts';
import { TOKEN_RULES } from './tokens/rules.ts';

const PAGE = fileURLToPath(new URL('../../../docs/tokens.md', import.meta.url));
const code = await loadCode();
const RULES = Object.keys({ ...TOKEN_RULES, ...LEASE_RULES, ...LIMITER_RULES, ...SIGN_IN_RULES });

/** What the last columns of a table on the page name. */
function namedBetween(from: string, to: string): string[] {
  const page = readFileSync(PAGE, 'utf8');
  const table = page.slice(page.indexOf(from), page.indexOf(to));
  const cells = [...table.matchAll(/^\|.*\|([^|\n]*)\|$/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

test('17: the table of faults in docs/tokens.md names each rule, and no other', () => {
  const named = namedBetween('### Under which faults', 'What no client can promise');
  expect([...new Set(named)].toSorted()).toEqual(RULES.toSorted());
});

test('17: the table of what no client can promise names each excuse', () => {
  const named = namedBetween('What no client can promise', '## Stores');
  expect(named.toSorted()).toEqual(Object.keys(EXCUSED).toSorted());
});

test.each(Object.entries(EXCUSED))(
  '17: no client can promise that nothing is lost: %s',
  async (excuse, history) => {
    const { findings } = await simulationNamed('tokens').run(code, history);
    expect(Object.keys(findings.excuses)).toContain(excuse);
    expect(findings.violations).toEqual([]);
  },
);
