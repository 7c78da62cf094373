import type { Scope } from '../api-call.ts';

export const allScopes: readonly Scope[] = ['tasks:read', 'tasks:write'];

/** Scopes separated by spaces; undefined where there is none or one is unknown. */
export function parseScopes(text: string | null): readonly Scope[] | undefined {
  const words = (text ?? '').split(' ').filter((word) => word !== '');
  const scopes = allScopes.filter((scope) => words.includes(scope));
  return scopes.length > 0 && words.every(isScope) ? scopes : undefined;
}

function isScope(word: string): boolean {
  return allScopes.some((scope) => scope === word);
}
