import type { Organization } from '../organization/organization.ts';
import type { IdentityRef } from '../organization/person.ts';
import { type Draft, noteStateChange } from './draft.ts';
import { compareRelations, isWorkItemLink, linkOtherEnds, type RelationChanges } from './links.ts';
import { parseTags } from './tags.ts';
import {
  addUpdate,
  type Comment,
  current,
  type Fields,
  type Revision,
  textField,
  type WorkItem,
} from './work-item.ts';

/** How a change is saved. */
export interface SaveOptions {
  readonly by: IdentityRef;
  /** Whether service hooks hear of it. */
  readonly notify: boolean;
}

/**
 * Saves a draft that keeps the rules. Fields, attachments and pages make a revision; links to other work items are a
 * step of the history without one (Microsoft's example of updates shows both). A draft without a change saves nothing.
 */
export function save(organization: Organization, draft: Draft, { by, notify }: SaveOptions): WorkItem {
  const item = draft.item ?? newItem(organization);
  const at = organization.clock.now();
  const project = organization.findProject(textField(draft.fields, 'System.TeamProject')) ?? draft.project;
  noteStateChange(draft, draft.item && current(draft.item).fields, project, by, at);
  const changes = compareRelations(item.relations, draft.relations);
  const isRevision = draft.item === undefined || changesFields(draft, item) || changesResources(changes);
  item.relations = draft.relations;
  organization.tags.note(project, parseTags(textField(draft.fields, 'System.Tags')));
  if (isRevision) {
    addRevision(organization, item, draft, by, at);
    const update = addUpdate(item, { by, at, isRevision: true, ...only(changes, false) });
    if (notify && draft.item) organization.onChange({ kind: 'updated', item, update });
  }
  const links = only(changes, true);
  if (links.added.length + links.removed.length + links.updated.length > 0) {
    const update = addUpdate(item, { by, at, isRevision: false, ...links });
    linkOtherEnds(organization, item, links, by);
    if (notify && draft.item) organization.onChange({ kind: 'updated', item, update });
  }
  if (notify && !draft.item) organization.onChange({ kind: 'created', item });
  const said = textField(draft.fields, 'System.History');
  if (said !== '')
    addComment(organization, item, said, { by, markdown: draft.markdown.has('System.History'), notify });
  return item;
}

function newItem(organization: Organization): WorkItem {
  const id = organization.nextId();
  const item: WorkItem = { id, revisions: [], updates: [], comments: [], relations: [], deletion: undefined };
  organization.items.set(id, item);
  return item;
}

/** A revision with the draft's fields; who, when and by whom belong to it. */
function addRevision(
  organization: Organization,
  item: WorkItem,
  draft: Draft,
  by: IdentityRef,
  at: number,
): void {
  const revision: Revision = {
    rev: item.revisions.length + 1,
    fields: { ...draft.fields },
    markdown: new Set([...draft.markdown].filter((name) => name !== 'System.History')),
    relations: draft.relations,
    at,
    by,
    watermark: organization.nextWatermark(),
  };
  item.revisions.push(revision);
}

function changesFields(draft: Draft, item: WorkItem): boolean {
  const { fields, markdown } = current(item);
  const { 'System.History': _said, ...before } = fields;
  return !sameFields(before, draft.fields) || [...draft.markdown].some((name) => !markdown.has(name));
}

function sameFields(left: Fields, right: Fields): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => JSON.stringify(left[name]) === JSON.stringify(right[name]))
  );
}

function changesResources(changes: RelationChanges): boolean {
  return [...changes.added, ...changes.removed, ...changes.updated].some(
    (relation) => !isWorkItemLink(relation),
  );
}

function only(changes: RelationChanges, links: boolean): RelationChanges {
  const fits = (relation: RelationChanges['added'][number]): boolean => isWorkItemLink(relation) === links;
  return {
    added: changes.added.filter(fits),
    removed: changes.removed.filter(fits),
    updated: changes.updated.filter(fits),
  };
}

/** Keeps the history text as a comment, and notifies service hooks. */
function addComment(
  organization: Organization,
  item: WorkItem,
  text: string,
  { by, markdown, notify }: { by: IdentityRef; markdown: boolean; notify: boolean },
): Comment {
  const at = organization.clock.now();
  const comment: Comment = {
    id: organization.nextRelationId(),
    rev: current(item).rev,
    text,
    format: markdown ? 'markdown' : 'html',
    version: 1,
    createdBy: by,
    createdAt: at,
    modifiedBy: by,
    modifiedAt: at,
    deleted: false,
    earlier: [],
    reactions: new Map(),
  };
  item.comments.push(comment);
  if (notify) organization.onChange({ kind: 'commented', item, text, commentId: comment.id });
  return comment;
}
