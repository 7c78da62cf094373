import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** Who the issue says must be in the table. */
const ATTACKERS = [
  'reads the store',
  'rolls the store back',
  'writes to the store',
  'sibling subdomain',
  'taken over a provider',
  'replays deliveries',
  'encryption key',
  'reads the logs',
  'session cookie',
  'organization',
  'another site',
  'another user',
];

/** The rows of the table: attacker, attempt, defense, test. */
function threats(): string[][] {
  const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('16.26: every threat names what stops it, and a test that exists', () => {
  const missing = threats().flatMap(([attacker = '', , defense = '', proof = '']) => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(proof) ?? [];
    if (defense === '' || title === '') return [`${attacker}: no defense or test`];
    const path = join(ROOT, file);
    return existsSync(path) && readFileSync(path, 'utf8').includes(title) ? [] : [`${attacker}: ${proof}`];
  });
  expect(missing).toEqual([]);
});

test('16.26: every attacker of the issue is in the table', () => {
  const attackers = threats().map(([attacker = '']) => attacker);
  expect(ATTACKERS.filter((one) => !attackers.some((attacker) => attacker.includes(one)))).toEqual([]);
});
