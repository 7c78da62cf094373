import type { CallOptions } from '@context-sdk/oauth-core';
import { invalid } from '../errors.ts';
import { UPDATE_OPTIONS, type WorkItemUpdateOptions } from '../model/options.ts';
import { type NewRelation, RELATION_TYPE, type RelationRef } from '../model/relation.ts';
import type { WorkItem } from '../model/work-item.ts';
import type { WorkItemChanges } from '../patches/work-item-input.ts';
import { type AdoContext, sendByLibrary } from '../wire.ts';
import { updateWorkItem } from '../work-items/update-work-item.ts';

/** A kind of link that the organization knows. */
export interface RelationTypeInfo {
  /** What stands in `rel`. */
  referenceName: string;
  /** Localized. */
  name: string;
  attributes?: Record<string, unknown>;
  [more: string]: unknown;
}

/** Links of work items, to one another and to anything else. Adding and removing them needs the scope `vso.work_write`. */
export class Relations {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** Links an item to another or to a URL, in one request. */
  async add(id: number, relation: NewRelation, options?: WorkItemUpdateOptions): Promise<WorkItem> {
    return await this.#update(id, { relations: { add: [relation] } }, options);
  }

  /** Removes all links that match; succeeds if none does. Reads first, and again if somebody else was faster. */
  async remove(id: number, relation: RelationRef, options?: WorkItemUpdateOptions): Promise<WorkItem> {
    return await this.#update(id, { relations: { remove: [relation] } }, options);
  }

  /** Writes the comment of all links that match. Reads first, and again if somebody else was faster. */
  async comment(
    id: number,
    relation: RelationRef,
    comment: string,
    options?: WorkItemUpdateOptions,
  ): Promise<WorkItem> {
    return await this.#update(id, { relations: { comment: [{ relation, comment }] } }, options);
  }

  /** Puts an item under another, whatever it was under before; `null` takes it out. Reads first. */
  async setParent(id: number, parent: number | null, options?: WorkItemUpdateOptions): Promise<WorkItem> {
    if (parent === undefined) throw invalid('parent', 'is missing: null takes it away');
    return await this.#update(id, { parent }, options);
  }

  /** Puts an item under this one, in one request. Fails where it is under another already: then use `setParent`. */
  async addChild(id: number, child: number, options?: WorkItemUpdateOptions): Promise<WorkItem> {
    return await this.add(id, { rel: RELATION_TYPE.child, id: child }, options);
  }

  /** The kinds of links. Scope `vso.work`. */
  async types(options?: CallOptions): Promise<RelationTypeInfo[]> {
    const response = await sendByLibrary(this.#context.service.call(options), 'relations.types', []);
    return response.member('value').list<RelationTypeInfo>({ referenceName: 'string' });
  }

  #update(id: number, changes: WorkItemChanges, options?: WorkItemUpdateOptions): Promise<WorkItem> {
    const call = this.#context.service.call(options, UPDATE_OPTIONS);
    return updateWorkItem(call, this.#context, id, changes, options);
  }
}
