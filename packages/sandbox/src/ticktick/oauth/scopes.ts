import type { Scope } from '../api-call.ts';

export const ALL_SCOPES: readonly Scope[] = ['tasks:read', 'tasks:write'];

/** Scopes separated by spaces. Undefined if there are none or one is unknown. */
export function parseScopes(text: string): readonly Scope[] | undefined {
  const words = new Set(text.split(' ').filter((word) => word !== ''));
  const scopes = ALL_SCOPES.filter((scope) => words.has(scope));
  return scopes.length > 0 && scopes.length === words.size ? scopes : undefined;
}
