import type { CallOptions } from '@context-sdk/oauth-core';
import type { UpdateOptions } from '../work-items/options.ts';
import { updateWorkItem } from '../work-items/update-work-item.ts';
import type { WorkItemRoutes } from '../work-items/work-item-routes.ts';
import type { WorkItem } from '../work-items/work-item.ts';
import { type NewRelation, type RelationRef, RelationType } from './relation.ts';

/** A kind of link that the organization knows. */
export interface RelationTypeInfo {
  /** What stands in `rel`. */
  referenceName: string;
  /** Localised. */
  name: string;
  attributes?: Record<string, unknown>;
  [more: string]: unknown;
}

/** Links of work items, to one another and to anything else. Making and taking them needs the scope `vso.work_write`. */
export class Relations {
  readonly #routes: WorkItemRoutes;

  constructor(routes: WorkItemRoutes) {
    this.#routes = routes;
  }

  /** Links an item to another or to a URL, in one request. */
  async add(id: number, relation: NewRelation, options?: UpdateOptions): Promise<WorkItem> {
    return await updateWorkItem(this.#routes, id, { relations: { add: [relation] } }, options);
  }

  /** Takes all links away that fit; none is no error. Reads first, and again where somebody else was faster. */
  async remove(id: number, relation: RelationRef, options?: UpdateOptions): Promise<WorkItem> {
    return await updateWorkItem(this.#routes, id, { relations: { remove: [relation] } }, options);
  }

  /** Writes the comment of all links that fit. Reads first, and again where somebody else was faster. */
  async comment(
    id: number,
    relation: RelationRef,
    comment: string,
    options?: UpdateOptions,
  ): Promise<WorkItem> {
    return await updateWorkItem(
      this.#routes,
      id,
      { relations: { comment: [{ relation, comment }] } },
      options,
    );
  }

  /** Puts an item under another, whatever it was under before; `null` takes it out. Reads first. */
  async setParent(id: number, parent: number | null, options?: UpdateOptions): Promise<WorkItem> {
    return await updateWorkItem(this.#routes, id, { parent }, options);
  }

  /** Puts an item under this one, in one request. Fails where it is under another already: then use `setParent`. */
  async addChild(id: number, child: number, options?: UpdateOptions): Promise<WorkItem> {
    return await this.add(id, { rel: RelationType.child, id: child }, options);
  }

  /** The kinds of links. Scope `vso.work`. */
  async types(options?: CallOptions): Promise<RelationTypeInfo[]> {
    const answer = await this.#routes.transport.send(
      { name: 'relations.types', safety: 'safe' },
      options,
      (api) => api.getRelationTypes(),
    );
    return answer.list<RelationTypeInfo>({ referenceName: 'string' });
  }
}
