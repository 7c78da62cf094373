import type { HttpOperation, Operation } from '@context-sdk/oauth-core/client-kit';
import type { WitApi } from './library/wit-api.ts';
import { ORGANIZATION_OPERATIONS } from './operations/organization.ts';
import { PLANNING_OPERATIONS } from './operations/planning.ts';
import { WORK_ITEM_OPERATIONS } from './operations/work-items.ts';

/** An operation that azure-devops-node-api puts together. */
export interface LibraryOperation extends Operation {
  readonly library: keyof WitApi;
}

/** An operation that the library has no method for, or only an older version of. */
export interface DirectOperation extends HttpOperation {
  readonly apiVersion: string;
  /** Whether Azure DevOps Services has it on the host of its identity service. */
  readonly isOnIdentityHost?: true;
}

export type AdoOperation = LibraryOperation | DirectOperation;

/**
 * Every request of this client by the method that it is for. Scopes of Azure DevOps name what a token may do, but
 * whether one has them can't be read from it, so none is checked before a request.
 */
export const OPERATIONS: typeof ORGANIZATION_OPERATIONS &
  typeof PLANNING_OPERATIONS &
  typeof WORK_ITEM_OPERATIONS = {
  ...ORGANIZATION_OPERATIONS,
  ...PLANNING_OPERATIONS,
  ...WORK_ITEM_OPERATIONS,
};

export type OperationName = keyof typeof OPERATIONS;
