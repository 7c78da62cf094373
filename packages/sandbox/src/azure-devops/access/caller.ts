import type { Scope } from './scope.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';

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
