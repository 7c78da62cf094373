import type { CallOptions } from '@context-sdk/oauth-core';
import type { BulkOptions } from '../bulk/outcome.ts';
import { checkedId } from '../input/checked-id.ts';
import { checkedName } from '../input/checked-name.ts';
import { neededProject } from '../input/needed-project.ts';
import { query, type QueryListing, type QueryOptions } from '../queries/query.ts';
import type { Wiql } from '../queries/wiql.ts';
import { unlessNotFound } from '../requests/unless-not-found.ts';
import type { WorkItemOutcome } from './batch/batch-outcome.ts';
import { createMany } from './batch/create-many.ts';
import { updateMany, type WorkItemUpdateInput } from './batch/update-many.ts';
import { checkedRead } from './checked-reads.ts';
import { creationPatch } from './creation-patch.ts';
import { type DeletedWorkItem, deleteWorkItem, destroyWorkItem, restoreWorkItem } from './deletion.ts';
import { type FoundWorkItems, getMany } from './get-many.ts';
import type { NewWorkItem } from './new-work-item.ts';
import type { ReadOptions, UpdateOptions, WriteOptions } from './options.ts';
import { type Reviser, updateWorkItem } from './update-work-item.ts';
import type { WorkItemRoutes } from './work-item-routes.ts';
import type { WorkItem } from './work-item.ts';
import type { WorkItemChanges } from './work-item-changes.ts';

/** Where an item is moved to. */
export interface WorkItemMove {
  project: string;
  /** The project's own unless given. */
  areaPath?: string | undefined;
  /** The project's own unless given. */
  iterationPath?: string | undefined;
}

/** Work items. Reading needs the scope `vso.work`, writing `vso.work_write`. */
export class WorkItems<Custom extends object = object> {
  readonly #routes: WorkItemRoutes;
  readonly #project: string | undefined;

  constructor(routes: WorkItemRoutes, project: string | undefined) {
    this.#routes = routes;
    this.#project = project;
  }

  /**
   * One item. Throws {@link NotFoundError} where there is none or this user may not see it, which Azure DevOps does not
   * tell apart (TF401232).
   */
  async get(id: number, options?: ReadOptions): Promise<WorkItem<Custom>> {
    const read = checkedRead(options);
    return await this.#routes.get('workItems.get', checkedId(id, 'id'), read, options);
  }

  /** As {@link WorkItems.get}, with `undefined` where there is no such item. */
  find(id: number, options?: ReadOptions): Promise<WorkItem<Custom> | undefined> {
    return unlessNotFound(this.get(id, options));
  }

  /** Any number of items, 200 to a request, and the ids of which there is none. */
  async getMany(ids: readonly number[], options?: ReadOptions): Promise<FoundWorkItems<Custom>> {
    return await getMany(this.#routes, ids, options);
  }

  /**
   * Creates an item. Throws {@link InvalidRequestError} for a value that a rule of the process forbids (`field`, and
   * `details.fieldProblems` for all). Never sent twice on a lost answer: after a {@link NetworkError} that was `sent`, or
   * a {@link TimeoutError}, the item may exist. With `validateOnly` the answer has no id.
   */
  async create(input: NewWorkItem<Custom>, options: WriteOptions = {}): Promise<WorkItem<Custom>> {
    const patch = creationPatch(input, this.#routes.transport.organizationUrl);
    const place = {
      project: neededProject(input.project, this.#project),
      type: checkedName(input.type, 'type'),
    };
    return await this.#routes.create('workItems.create', place, patch, options);
  }

  /**
   * Changes what is given: `undefined` leaves a value as it is, `null` removes it. With `ifRev` only if nobody changed
   * the item since, else {@link ConflictError}. A function is given the item as it is and called again on what has become
   * of it whenever somebody else was faster, so that no change is lost; so are tags and links taken away. Without either
   * the last writer wins, field by field, and a lost answer is not sent again.
   */
  async update(
    id: number,
    changes:
      | WorkItemChanges<Custom>
      | ((
          current: WorkItem<Custom>,
        ) => WorkItemChanges<Custom> | undefined | Promise<WorkItemChanges<Custom> | undefined>),
    options?: UpdateOptions,
  ): Promise<WorkItem<Custom>> {
    const untyped: WorkItemChanges | Reviser = changes;
    return await updateWorkItem(this.#routes, id, untyped, options);
  }

  /** Puts an item into another project, whose process has to know its type and state. */
  async move(id: number, to: WorkItemMove, options?: UpdateOptions): Promise<WorkItem<Custom>> {
    const project = checkedName(to?.project, 'project');
    const fields = {
      'System.TeamProject': project,
      'System.AreaPath': to.areaPath ?? project,
      'System.IterationPath': to.iterationPath ?? project,
    };
    return await updateWorkItem(this.#routes, id, { fields }, options);
  }

  /** Makes an item one of another type; give the state, too, where the new type does not have the old one. */
  async changeType(
    id: number,
    type: string,
    { state, ...options }: UpdateOptions & { state?: string | undefined } = {},
  ): Promise<WorkItem<Custom>> {
    const fields = { 'System.WorkItemType': checkedName(type, 'type'), 'System.State': state };
    return await updateWorkItem(this.#routes, id, { fields }, options);
  }

  /** Puts an item into the recycle bin; one that is there already is a success. Throws {@link NotFoundError}. */
  async delete(id: number, options?: CallOptions): Promise<void> {
    await deleteWorkItem(this.#routes.transport, checkedId(id, 'id'), options);
  }

  /** Takes an item out of the recycle bin. Throws {@link NotFoundError} where it is not in it. */
  async restore(id: number, options?: CallOptions): Promise<DeletedWorkItem> {
    return await restoreWorkItem(this.#routes.transport, checkedId(id, 'id'), options);
  }

  /** Deletes an item **for good**. Never sent twice on a lost answer. */
  async destroy(id: number, options?: CallOptions): Promise<void> {
    await destroyWorkItem(this.#routes.transport, checkedId(id, 'id'), options);
  }

  /**
   * Creates any number of items, 200 to a request, and gives one outcome per item, in order. An item that can't be right
   * is `failed` and keeps no other back. What an answer was lost of is `unknown` and not sent again. An abort keeps what
   * is done and makes the rest `failed`.
   */
  async createMany(
    inputs: readonly NewWorkItem<Custom>[],
    options: WriteOptions & BulkOptions = {},
  ): Promise<WorkItemOutcome<Custom>[]> {
    const untyped = inputs as readonly NewWorkItem[];
    return await createMany(this.#routes.transport, this.#project, untyped, options);
  }

  /** Changes any number of items, 200 to a request, each as {@link WorkItems.update} does. Outcomes as above. */
  async updateMany(
    updates: readonly WorkItemUpdateInput<Custom>[],
    options: WriteOptions & BulkOptions = {},
  ): Promise<WorkItemOutcome<Custom>[]> {
    const untyped = updates as readonly WorkItemUpdateInput[];
    return await updateMany(this.#routes, untyped, options);
  }

  /**
   * The items that a query finds, any number of them, in the query's order: 20,000 ids and 200 items to a request.
   * Throws {@link InvalidRequestError} for over 20,000 results of a query with an order of its own, which can't be asked
   * for in parts.
   */
  query(wiql: Wiql, options?: QueryOptions): QueryListing<WorkItem<Custom>> {
    return query(this.#routes, this.#project, wiql, options);
  }
}
