import type { JsonObject } from '../../json.ts';
import type { AzureDevOpsPerson, IdentityRef } from '../organization/person.ts';

/** A field's value, as on the wire. Fields without a value are absent. */
export type FieldValue = string | number | boolean | IdentityRef;

export type Fields = Readonly<Record<string, FieldValue>>;

/** A link to another work item, an attachment or a page. */
export interface Relation {
  readonly rel: string;
  readonly url: string;
  readonly attributes: JsonObject;
  /** The work item at the other end; undefined for attachments and pages. */
  readonly target: number | undefined;
}

/** One state of a work item. Links to other work items come and go without a revision. */
export interface Revision {
  readonly rev: number;
  readonly fields: Fields;
  /** Long text fields that are in Markdown. */
  readonly markdown: ReadonlySet<string>;
  readonly relations: readonly Relation[];
  readonly at: number;
  readonly by: IdentityRef;
  readonly watermark: number;
}

/** One step of the history: a revision, a change of links, or both. */
export interface Update {
  readonly id: number;
  readonly rev: number;
  readonly by: IdentityRef;
  readonly at: number;
  /** Whether the step made the revision. */
  readonly isRevision: boolean;
  readonly added: readonly Relation[];
  readonly removed: readonly Relation[];
  readonly updated: readonly Relation[];
}

/** A comment as it was or is. */
export interface CommentVersion {
  readonly version: number;
  readonly text: string;
  readonly modifiedBy: IdentityRef;
  readonly modifiedAt: number;
  readonly deleted: boolean;
}

export interface Comment {
  readonly id: number;
  /** The revision that it came with. */
  readonly rev: number;
  text: string;
  format: 'html' | 'markdown';
  version: number;
  readonly createdBy: IdentityRef;
  readonly createdAt: number;
  modifiedBy: IdentityRef;
  modifiedAt: number;
  deleted: boolean;
  /** What it was before, oldest first. */
  readonly earlier: CommentVersion[];
  /** Who reacted, by the kind of reaction. */
  readonly reactions: Map<string, Set<AzureDevOpsPerson>>;
}

/** A work item with all its past. */
export interface WorkItem {
  readonly id: number;
  /** Oldest first; never empty. */
  readonly revisions: Revision[];
  readonly updates: Update[];
  readonly comments: Comment[];
  relations: readonly Relation[];
  /** In the recycle bin, and since when. */
  deletion: { readonly by: IdentityRef; readonly at: number } | undefined;
}

/** The newest revision. */
export function current(item: WorkItem): Revision {
  const revision = item.revisions.at(-1);
  if (!revision) throw new Error(`Work item ${item.id} has no revision`);
  return revision;
}

export function textField(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** Something that happened to a work item, for service hooks. */
export type WorkItemChange =
  | { readonly kind: 'created' | 'deleted' | 'restored'; readonly item: WorkItem }
  | { readonly kind: 'updated'; readonly item: WorkItem; readonly update: Update }
  | {
      readonly kind: 'commented';
      readonly item: WorkItem;
      readonly text: string;
      readonly commentId: number;
    };

/** Adds a step to an item's history. */
export function addUpdate(item: WorkItem, update: Omit<Update, 'id' | 'rev'>): Update {
  const added: Update = { id: item.updates.length + 1, rev: current(item).rev, ...update };
  item.updates.push(added);
  return added;
}
