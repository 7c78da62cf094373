import type { IdentityRef } from '../work-items/identity.ts';

/** A remark on a work item. */
export interface Comment {
  id: number;
  workItemId: number;
  version: number;
  text: string;
  /** Absent from old servers, which only know HTML. */
  format?: 'markdown' | 'html';
  createdBy?: IdentityRef;
  createdDate?: string;
  modifiedBy?: IdentityRef;
  modifiedDate?: string;
  url?: string;
  [more: string]: unknown;
}
