import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** What would make a header or an email address the identity of a user. */
const FORBIDDEN = [
  /headers\.get\(\s*['"]x-(forwarded|remote|auth)[\w-]*user/i,
  /userId:\s*[\w.?]*\b(email|emailAddress|username)\b/,
  /userId\s*=\s*[\w.?]*\b(email|emailAddress|username)\b/,
  /\bbegin\([\w.?]*\b(email|emailAddress|username)\b/,
  /\.user\([\w.?[\]]*\b(email|emailAddress|username)\b/,
];

function shownCode(): string[] {
  const files = ['examples', 'docs', 'packages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const isShown = (file: string): boolean =>
    !/node_modules|\/(dist|test)\//.test(file) && (file.endsWith('.md') || /^examples.*\.ts$/.test(file));
  return ['README.md', ...files.filter(isShown)];
}

test('16.11: pages and examples take no user from a header, and no email address as identity', () => {
  const shown = shownCode();
  expect(shown).toContain('docs/context.md');
  expect(shown).toContain('examples/servers/session-user.ts');
  const found = shown.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return FORBIDDEN.flatMap((pattern) => pattern.exec(text)?.[0] ?? []).map((hit) => `${file}: ${hit}`);
  });
  expect(found).toEqual([]);
});

test('26: where an account’s id becomes a user, an account without one becomes none', () => {
  const shown = shownCode().map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const);
  const using = shown.filter(([, text]) => text.includes('${account.id}'));
  expect(using.map(([file]) => file)).toContain('README.md');
  const unchecked = using.filter(([, text]) => !text.includes('account.id === undefined'));
  expect(unchecked.map(([file]) => file)).toEqual([]);
});
