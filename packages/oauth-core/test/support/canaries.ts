import { inspect } from 'node:util';
import { expect } from 'vitest';

/** Values that must never show up in anything a person or a log could see. */
export const CANARY = {
  accessToken: 'canary-access-7c1f',
  refreshToken: 'canary-refresh-9d2e',
  newAccessToken: 'canary-new-access-4b3a',
  newRefreshToken: 'canary-new-refresh-5c6d',
  clientSecret: 'canary-secret-1a2b',
  code: 'canary-code-3c4d',
} as const;

const SECRETS = Object.values(CANARY);

function everythingShownOf(value: unknown): string {
  const shown = [inspect(value, { depth: 12, showHidden: true }), String(value)];
  if (value instanceof Error)
    shown.push(value.message, value.stack ?? '', inspect(value.cause, { depth: 12 }));
  try {
    shown.push(JSON.stringify(value));
  } catch {
    shown.push('');
  }
  return shown.join('\n');
}

/** Fails if any secret, or the verifier of a transaction, is visible in the value. */
export function expectNoSecretIn(value: unknown, ...more: string[]): void {
  const shown = everythingShownOf(value);
  for (const secret of [...SECRETS, ...more]) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(btoa(secret).replace(/=+$/, ''));
  }
}
