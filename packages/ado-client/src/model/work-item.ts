import { isObject, type RequiredMembers, textOf } from '@context-sdk/oauth-core/client-kit';
import { checkObject } from '../input.ts';
import type { WorkItemFields } from './fields.ts';
import { type AdoIdentity, readIdentity } from './identity.ts';

/** A link of an item: to another item, a file, a page, a commit. */
export interface WorkItemRelation {
  /** For example `System.LinkTypes.Hierarchy-Reverse`; `attributes.name` is localized, so go by this. */
  rel: string;
  url: string;
  attributes?: { comment?: string; name?: string; [more: string]: unknown };
}

/** A work item, as Azure DevOps answers it. */
export interface WorkItem<Custom extends object = object> {
  id: number;
  /** Counts up with every change. */
  rev: number;
  fields: WorkItemFields<Custom>;
  /** Present where they were asked for and there are any. */
  relations?: WorkItemRelation[];
  /** Which long texts are Markdown. Azure DevOps tells it from api-version 7.2 on, and in deliveries. */
  multilineFieldsFormat?: Record<string, string>;
  url: string;
  _links?: Record<string, unknown>;
  [more: string]: unknown;
}

export const WORK_ITEM: RequiredMembers<WorkItem> = { id: 'number', rev: 'number', fields: 'object' };

/** Whether this has what every item has. */
export function isWorkItem(value: unknown): value is WorkItem {
  if (!isObject(value)) return false;
  return typeof value['id'] === 'number' && typeof value['rev'] === 'number' && isObject(value['fields']);
}

/** Who an item is assigned to, if anybody. */
export function assigneeOf(item: Pick<WorkItem, 'fields'>): AdoIdentity | undefined {
  checkObject(item?.fields, 'item.fields');
  return readIdentity(item.fields['System.AssignedTo']);
}

/** The tags of an item, each by itself. */
export function tagsOf(item: Pick<WorkItem, 'fields'>): string[] {
  checkObject(item?.fields, 'item.fields');
  return (textOf(item.fields['System.Tags']) ?? '')
    .split(';')
    .map((tag) => tag.trim())
    .filter(Boolean);
}
