import type { CallOptions } from '@context-sdk/oauth-core';
import type { BulkOptions, Listing } from '@context-sdk/oauth-core/client-kit';
import { checkedId, checkedName, isGuid, requiredProject } from '../input.ts';
import {
  checkedRead,
  READ_OPTIONS,
  UPDATE_OPTIONS,
  type WorkItemReadOptions,
  type WorkItemUpdateOptions,
  type WorkItemWriteOptions,
  WRITE_OPTIONS,
} from '../model/options.ts';
import type { WorkItem } from '../model/work-item.ts';
import { creationPatch } from '../patches/creation-patch.ts';
import { checkFieldPath } from '../patches/field-operations.ts';
import type { NewWorkItem, WorkItemChanges } from '../patches/work-item-input.ts';
import { getProject } from '../projects/projects.ts';
import { query, type QueryListing, type QueryOptions } from '../queries/query.ts';
import type { Wiql } from '../queries/wiql.ts';
import { checkFormats } from '../requests/check-formats.ts';
import { checkedIds, type FoundWorkItems, getMany } from '../requests/get-many.ts';
import { unlessMissing } from '../requests/unless-missing.ts';
import { createWorkItem, getWorkItem } from '../requests/work-item-requests.ts';
import type { AdoContext, ProjectOptions } from '../wire.ts';
import type { WorkItemOutcome } from './batch/batch-outcome.ts';
import { createMany } from './batch/create-many.ts';
import { updateMany, type WorkItemUpdateInput } from './batch/update-many.ts';
import {
  deletedItems,
  type DeletedWorkItem,
  deleteWorkItem,
  destroyWorkItem,
  restoreWorkItem,
} from './deletion.ts';
import { updateWorkItem } from './update-work-item.ts';

/** Where an item is moved to. */
export interface WorkItemMove {
  /** Name or id. */
  project: string;
  /** Default: the project's own. */
  areaPath?: string | undefined;
  /** Default: the project's own. */
  iterationPath?: string | undefined;
}

/** Work items. Reading needs the scope `vso.work`, writing `vso.work_write`. */
export class WorkItems<Custom extends object = object> {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /**
   * One item with its fields, and without its relations: `expand: 'all'` asks for everything, as the guide does. Throws
   * {@link NotFoundError} if it does not exist or this user may not see it, which Azure DevOps does not
   * tell apart (TF401232).
   */
  async get(id: number, options?: WorkItemReadOptions): Promise<WorkItem<Custom>> {
    const read = checkedRead(options);
    return await getWorkItem(this.#context.service.call(options, READ_OPTIONS), checkedId(id, 'id'), read);
  }

  /**
   * As {@link WorkItems.get}, with `undefined` where there is no such item. Throws {@link NotFoundError} for a missing
   * organization or project.
   */
  find(id: number, options?: WorkItemReadOptions): Promise<WorkItem<Custom> | undefined> {
    return unlessMissing(this.get(id, options));
  }

  /** Any number of items, 200 to a request, and the ids of items that do not exist. */
  async getMany(ids: readonly number[], options?: WorkItemReadOptions): Promise<FoundWorkItems<Custom>> {
    const wanted = checkedIds(ids);
    const read = checkedRead(options);
    return await getMany(this.#context.service.call(options, READ_OPTIONS), wanted, read);
  }

  /**
   * Creates an item. Throws {@link InvalidRequestError} for a value that a rule of the process forbids (`field`, and
   * `details.fieldProblems` for all). Not retried if the response is lost: after a {@link NetworkError} that was `sent`, or
   * a {@link TimeoutError}, the item may exist. With `validateOnly` the answer has no id.
   */
  async create(input: NewWorkItem<Custom>, options?: WorkItemWriteOptions): Promise<WorkItem<Custom>> {
    const { service, organizationUrl } = this.#context;
    const patch = creationPatch(input, organizationUrl);
    const place = {
      project: requiredProject(input.project, this.#context.project),
      type: checkedName(input.type, 'type'),
    };
    const call = service.call(options, WRITE_OPTIONS);
    if (input.fields !== undefined) await checkFormats(call, this.#context, input);
    return await createWorkItem(call, place, patch, options ?? {});
  }

  /**
   * Changes what is given: `undefined` leaves a value as it is, `null` removes it. With `ifRev` only if no one changed
   * the item since, else {@link ConflictError}. A function is given the item as it is and called again on what has become
   * of it whenever somebody else was faster, so that no change is lost; so are tags and links taken away. Without either
   * the last writer wins, field by field, and a lost answer is not sent again; links that are there then count as added.
   */
  async update(
    id: number,
    changes:
      | WorkItemChanges<Custom>
      | ((
          current: WorkItem<Custom>,
        ) => WorkItemChanges<Custom> | undefined | Promise<WorkItemChanges<Custom> | undefined>),
    options?: WorkItemUpdateOptions,
  ): Promise<WorkItem<Custom>> {
    const call = this.#context.service.call(options, UPDATE_OPTIONS);
    return await updateWorkItem(call, this.#context, id, changes, options);
  }

  /**
   * Puts an item into another project, named by its name or id, whose process has to know its type and state. An id
   * is looked up first, which needs the scope `vso.project`.
   */
  async move(id: number, to: WorkItemMove, options?: WorkItemUpdateOptions): Promise<WorkItem<Custom>> {
    const given = checkedName(to?.project, 'project');
    const call = this.#context.service.call(options, UPDATE_OPTIONS);
    // Paths begin with the project's name, never its id (docs/facts/azure-devops.md#work-items).
    const project = isGuid(given) ? (await getProject(call, given)).name : given;
    const named = (name: 'areaPath' | 'iterationPath'): string => {
      const path = to[name] ?? given;
      checkFieldPath(path, name);
      const isBelow = `${path}\\`.toLowerCase().startsWith(`${given}\\`.toLowerCase());
      return isBelow ? project + path.slice(given.length) : path;
    };
    const fields = {
      'System.TeamProject': project,
      'System.AreaPath': named('areaPath'),
      'System.IterationPath': named('iterationPath'),
    };
    return await updateWorkItem(call, this.#context, id, { fields }, options);
  }

  /** Makes an item one of another type; give the state, too, where the new type does not have the old one. */
  async changeType(
    id: number,
    type: string,
    given?: WorkItemUpdateOptions & { state?: string | undefined },
  ): Promise<WorkItem<Custom>> {
    const { state, ...options } = given ?? {};
    const fields = { 'System.WorkItemType': checkedName(type, 'type'), 'System.State': state };
    const call = this.#context.service.call(options, UPDATE_OPTIONS);
    return await updateWorkItem(call, this.#context, id, { fields }, options);
  }

  /** Puts an item into the recycle bin. Succeeds if it is there already. Throws {@link NotFoundError}. */
  async delete(id: number, options?: CallOptions): Promise<void> {
    await deleteWorkItem(this.#context.service.call(options), checkedId(id, 'id'));
  }

  /** The items in a project's recycle bin, 200 to a request. */
  deleted(options?: ProjectOptions): Listing<DeletedWorkItem> {
    return deletedItems(this.#context, options ?? {});
  }

  /** Takes an item out of the recycle bin. Throws {@link NotFoundError} where it is not in it. */
  async restore(id: number, options?: CallOptions): Promise<DeletedWorkItem> {
    return await restoreWorkItem(this.#context.service.call(options), checkedId(id, 'id'));
  }

  /** Deletes an item **for good**. Throws {@link NotFoundError}. */
  async destroy(id: number, options?: CallOptions): Promise<void> {
    await destroyWorkItem(this.#context.service.call(options), checkedId(id, 'id'));
  }

  /**
   * Creates any number of items, 200 to a request, and gives one outcome per item, in order. An item that can't be right
   * is `failed` and keeps no other back. What an answer was lost of is `unknown` and not sent again. An abort keeps what
   * is done and makes the rest `failed`.
   */
  async createMany(
    inputs: readonly NewWorkItem<Custom>[],
    options?: WorkItemWriteOptions & BulkOptions,
  ): Promise<WorkItemOutcome<Custom>[]> {
    const untyped = inputs as readonly NewWorkItem[];
    return await createMany(this.#context, untyped, options ?? {});
  }

  /** Changes any number of items, 200 to a request, each as {@link WorkItems.update} does. Outcomes as above. */
  async updateMany(
    updates: readonly WorkItemUpdateInput<Custom>[],
    options?: WorkItemWriteOptions & BulkOptions,
  ): Promise<WorkItemOutcome<Custom>[]> {
    const untyped = updates as readonly WorkItemUpdateInput[];
    return await updateMany(this.#context, untyped, options ?? {});
  }

  /**
   * The items that a query finds, any number of them, in the query's order: 20,000 ids and 200 items to a request.
   * Throws {@link InvalidRequestError} for over 20,000 results of a query with an order of its own, which can't be asked
   * for in parts.
   */
  query(wiql: Wiql, options?: QueryOptions): QueryListing<WorkItem<Custom>> {
    return query(this.#context, wiql, options);
  }
}
