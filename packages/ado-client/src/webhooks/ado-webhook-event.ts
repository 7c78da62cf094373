import type { WebhookEvent } from '@context-sdk/oauth-core';
import type { WorkItemFields } from '../model/fields.ts';
import type { AdoIdentity } from '../model/identity.ts';
import type { WorkItemRelation } from '../model/work-item.ts';

/** What every event of a work item tells. Read the item before acting: a delivery may be late, or twice. */
export interface WorkItemEventData {
  workItemId: number;
  /** The revision that the event led to: deliveries may come out of order. */
  rev?: number;
  /** The item's fields afterwards, as far as they were sent. */
  fields: WorkItemFields;
  /** Who did it. */
  actor?: AdoIdentity;
  subscriptionId?: string;
  /** A GUID. */
  projectId?: string;
  /** A GUID that stands for the organization. */
  collectionId?: string;
  /** As `AdoClient.organizationUrl` is spelled. Absent from old deliveries. */
  organizationUrl?: string;
  /** What people are shown, in the language of the subscription's owner. */
  message?: string;
}

/** A change of one field: without `from` it was empty before, without `to` it is empty since. */
export interface FieldChange {
  from?: unknown;
  to?: unknown;
}

/** An update: what changed, field by field and link by link. */
export interface WorkItemUpdatedData extends WorkItemEventData {
  /** By reference name. Empty where only links changed, or where details were not sent. */
  changes: Record<string, FieldChange>;
  relations: { added: WorkItemRelation[]; removed: WorkItemRelation[]; updated: WorkItemRelation[] };
}

/** A comment on an item. */
export interface WorkItemCommentedData extends WorkItemEventData {
  comment: { id?: number; version?: number; text?: string };
}

/** A delivery of a service hook. What this client has no type for, or tells of no item, is `unknown`. */
export type AdoWebhookEvent =
  | WebhookEvent<'azure-devops', 'workitem.created', WorkItemEventData>
  | WebhookEvent<'azure-devops', 'workitem.updated', WorkItemUpdatedData>
  | WebhookEvent<'azure-devops', 'workitem.deleted', WorkItemEventData>
  | WebhookEvent<'azure-devops', 'workitem.restored', WorkItemEventData>
  | WebhookEvent<'azure-devops', 'workitem.commented', WorkItemCommentedData>
  | (WebhookEvent<'azure-devops', 'unknown', unknown> & { event: string });
