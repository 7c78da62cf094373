import type { Scope } from '../access/scope.ts';

/** Azure DevOps as Entra ID knows it. */
export const azureDevOpsResource = '499b84ac-1321-427f-aa17-267ca6975798';

/** What a scope parameter asks for. */
export interface RequestedScopes {
  readonly scopes: readonly Scope[];
  /** Whether a refresh token is wanted. */
  readonly offline: boolean;
  /** The scopes as the token answer repeats them. */
  readonly text: string;
}

const openId: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * Reads `<resource>/vso.work`, `<resource>/vso.work_write` or `<resource>/.default`, with `offline_access` and OpenID's.
 * Undefined where there is none for Azure DevOps, one is unknown, or `.default` comes with others.
 */
export function parseScopes(text: string): RequestedScopes | undefined {
  const words = text.split(' ').filter((word) => word !== '');
  const wanted = words.filter((word) => !openId.has(word.toLowerCase()));
  const names = wanted.map(nameOf);
  if (names.length === 0 || !names.every(isKnown)) return undefined;
  if (names.includes('.default') && names.length > 1) return undefined;
  return {
    scopes: names.map((name) => (name === '.default' ? 'vso.work_write' : name)),
    offline: words.includes('offline_access'),
    text: wanted.join(' '),
  };
}

function nameOf(word: string): string {
  const prefix = `${azureDevOpsResource}/`;
  return word.toLowerCase().startsWith(prefix) ? word.slice(prefix.length) : '';
}

function isKnown(name: string): name is Scope | '.default' {
  return name === 'vso.work' || name === 'vso.work_write' || name === '.default';
}
