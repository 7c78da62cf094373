import { ALL_SCOPES, readScopes, type Scope } from '../access/caller.ts';

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
 * Reads `<resource>/vso.work_write`, several of its kind, or `<resource>/.default`, with `offline_access` and OpenID's.
 * Undefined where there is none for Azure DevOps, one is unknown, or `.default` comes with others.
 */
export function parseScopes(text: string): RequestedScopes | undefined {
  const words = text.split(' ').filter((word) => word !== '');
  const wanted = words.filter((word) => !openId.has(word.toLowerCase()));
  const names = wanted.map(nameOf).join(' ');
  const scopes = readScopes(names === '.default' ? ALL_SCOPES : names);
  if (!scopes) return undefined;
  return { scopes, offline: words.includes('offline_access'), text: wanted.join(' ') };
}

/** The part behind the resource; of another resource there is none. */
function nameOf(word: string): string {
  const prefix = `${azureDevOpsResource}/`;
  return word.toLowerCase().startsWith(prefix) ? word.slice(prefix.length) : 'unknown';
}
