import type { AzureDevOpsPerson } from '../organization/person.ts';

const SCOPES = [
  'vso.work',
  'vso.work_write',
  'vso.project',
  'vso.identity',
  'vso.code',
  'vso.build',
] as const;

/** What a token must allow: to read work items, to change them too, to read projects, people, code, builds. */
export type Scope = (typeof SCOPES)[number];

/** Everything that the sandbox asks for. */
export const ALL_SCOPES = 'vso.work_write vso.project vso.identity vso.code vso.build';

/** Scopes separated by spaces; undefined if there are none or one is unknown. */
export function readScopes(text: string): readonly Scope[] | undefined {
  const words = text.split(' ').filter((word) => word !== '');
  const known = words.map((word) => SCOPES.find((scope) => scope === word));
  return known.length > 0 && known.every((scope) => scope !== undefined) ? known : undefined;
}

/** Who makes a request, and what the credential allows. */
export interface Caller {
  readonly person: AzureDevOpsPerson;
  readonly scopes: readonly Scope[];
  readonly credential: 'pat' | 'bearer';
}

/** Whether the credential allows it; writing includes reading. */
export function mayDo({ scopes }: Caller, scope: Scope): boolean {
  return scopes.includes(scope) || (scope === 'vso.work' && scopes.includes('vso.work_write'));
}
