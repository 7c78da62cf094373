import { ALL_SCOPES, readScopes, type Scope } from '../access/caller.ts';

/** Azure DevOps as Entra ID knows it. */
export const AZURE_DEVOPS_RESOURCE = '499b84ac-1321-427f-aa17-267ca6975798';

/** Everything that the app may do. */
export const DEFAULT_SCOPE: string = `${AZURE_DEVOPS_RESOURCE}/.default`;

const OPEN_ID: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What a scope parameter asks for, without OpenID's scopes, as the token response repeats it. */
export function requestedScopes(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '' && !OPEN_ID.has(word.toLowerCase()));
}

/** The scopes of OpenID Connect in a scope parameter. */
export function openIdScopes(text: string): readonly string[] {
  return text.split(' ').filter((word) => OPEN_ID.has(word.toLowerCase()));
}

/** Whether a scope lets an app read who signs in, and nothing of Azure DevOps. */
export function isGraphScope(word: string): boolean {
  return /^(?:https:\/\/graph\.microsoft\.com\/)?User\.Read$/i.test(word);
}

/**
 * What `<resource>/vso.work_write`, several of its kind, or `<resource>/.default` allow. Undefined if there are none for
 * Azure DevOps, one is unknown, or `.default` comes with others.
 */
export function allowedScopes(requested: readonly string[]): readonly Scope[] | undefined {
  const names = requested.map(nameOf).join(' ');
  return readScopes(names === '.default' ? ALL_SCOPES : names);
}

/** The part after the resource, which has to be Azure DevOps. */
function nameOf(word: string): string {
  const prefix = `${AZURE_DEVOPS_RESOURCE}/`;
  return word.toLowerCase().startsWith(prefix) ? word.slice(prefix.length) : 'unknown';
}
