import type { JsonObject, JsonValue } from '../../json.ts';
import { workItemNotFound } from '../failures.ts';
import type { Organization } from '../organization/organization.ts';
import { coreFields } from './all-fields.ts';
import { changePlainItem, createPlainItem, personOf } from './plain-changes.ts';
import { recycle, restore } from './remove.ts';
import { relationToWire } from './work-item-to-wire.ts';
import { current, type WorkItem } from './work-item.ts';

/** A work item as tests see it. */
export interface SandboxWorkItem {
  readonly id: number;
  readonly rev: number;
  /** In the recycle bin. */
  readonly deleted: boolean;
  /** As on the wire. */
  readonly fields: JsonObject;
  /** As on the wire. */
  readonly relations: readonly JsonObject[];
  /** All except deleted ones, oldest first. */
  readonly comments: readonly {
    readonly id: number;
    readonly text: string;
    readonly format: 'html' | 'markdown';
  }[];
}

/**
 * An organization's work items, read and changed as its users do in the web app: no tokens, limits or rules apply.
 * Changes trigger service hooks. `by` is a sign-in or display name. Default: the first person.
 */
export interface AzureDevOpsTestUser {
  /** All except deleted ones, by id. */
  all(): readonly SandboxWorkItem[];
  /** The items in the recycle bin. */
  deleted(): readonly SandboxWorkItem[];
  /** One item, even if deleted. Undefined if it never existed. */
  get(id: number): SandboxWorkItem | undefined;
  /** Default project: the first. */
  create(input: {
    type: string;
    project?: string;
    fields?: Readonly<Record<string, JsonValue>>;
    parent?: number;
    by?: string;
  }): SandboxWorkItem;
  /** Null clears a field; tags are replaced. */
  update(id: number, fields: Readonly<Record<string, JsonValue>>, by?: string): SandboxWorkItem;
  /** Adds a comment, as HTML. */
  comment(id: number, text: string, by?: string): void;
  /** Puts it into the recycle bin. */
  delete(id: number, by?: string): void;
  /** Takes it out of the recycle bin. */
  restore(id: number, by?: string): void;
}

export function createTestUser(organization: Organization): AzureDevOpsTestUser {
  const find = (id: number): WorkItem => {
    const item = organization.items.get(id);
    if (!item) throw workItemNotFound(id);
    return item;
  };
  const list = (deleted: boolean): readonly SandboxWorkItem[] =>
    [...organization.items.values()].filter(({ deletion }) => (deletion !== undefined) === deleted).map(view);
  return {
    all: () => list(false),
    deleted: () => list(true),
    get: (id) => {
      const item = organization.items.get(id);
      return item && view(item);
    },
    create: ({ project: name, fields = {}, ...rest }) => {
      const project = name === undefined ? organization.projects[0] : organization.findProject(name);
      if (!project) throw new RangeError(`Not a project of ${organization.name}: ${name}`);
      return view(createPlainItem(organization, project, { ...rest, fields }));
    },
    update: (id, fields, by) => {
      changePlainItem(organization, find(id), fields, by);
      return view(find(id));
    },
    comment: (id, text, by) => changePlainItem(organization, find(id), { 'System.History': text }, by),
    delete: (id, by) => recycle(organization, find(id), personOf(organization, by)),
    restore: (id, by) => restore(organization, find(id), personOf(organization, by)),
  };
}

function view(item: WorkItem): SandboxWorkItem {
  const revision = { ...current(item), relations: item.relations };
  return {
    id: item.id,
    rev: revision.rev,
    deleted: item.deletion !== undefined,
    fields: { ...coreFields(item, revision) },
    relations: item.relations.map(relationToWire),
    comments: item.comments
      .filter(({ deleted }) => !deleted)
      .map(({ id, text, format }) => ({ id, text, format })),
  };
}
