import type { CallOptions } from '@context-sdk/oauth-core';
import {
  type Listing,
  listing,
  type RequiredMembers,
  type ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../input.ts';
import type { IdentityRef } from '../model/identity.ts';
import { WORK_ITEM, type WorkItem, type WorkItemRelation } from '../model/work-item.ts';
import { getRevision } from '../requests/work-item-requests.ts';
import { type AdoCall, type AdoContext, sendByLibrary } from '../wire.ts';

/** What one change of an item changed. */
export interface WorkItemUpdate {
  /** Counts the changes of the item, changes of links alone among them. */
  id: number;
  workItemId: number;
  /** The revision that it led to. */
  rev: number;
  revisedBy?: IdentityRef;
  revisedDate?: string;
  /** Without `oldValue` the field was empty before, without `newValue` it is empty since. */
  fields?: Record<string, { oldValue?: unknown; newValue?: unknown }>;
  relations?: { added?: WorkItemRelation[]; removed?: WorkItemRelation[]; updated?: WorkItemRelation[] };
  [more: string]: unknown;
}

const UPDATE: RequiredMembers<WorkItemUpdate> = { id: 'number', rev: 'number' };
const PAGE = 200;

async function* bySkipping<T>(
  members: RequiredMembers<T>,
  get: (skip: number) => Promise<ServiceResponse>,
  first = 0,
): AsyncGenerator<T> {
  for (let skip = first; ; skip += PAGE) {
    const page = (await get(skip)).member('value').list(members);
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** The changes of an item without the first so many, oldest first. */
export function readUpdates(call: AdoCall, id: number, first = 0): AsyncGenerator<WorkItemUpdate> {
  return bySkipping(UPDATE, (skip) => sendByLibrary(call, 'history.updates', [id, PAGE, skip]), first);
}

/** What became of work items, change by change. Scope `vso.work`. */
export class History {
  readonly #service: AdoContext['service'];

  constructor({ service }: AdoContext) {
    this.#service = service;
  }

  /** Every change of an item, oldest first, 200 to a request. */
  updates(id: number, options?: CallOptions): Listing<WorkItemUpdate> {
    checkedId(id, 'id');
    const service = this.#service;
    return listing(() => readUpdates(service.call(options), id));
  }

  /** The item as it was at every revision, oldest first, 200 to a request. */
  revisions(id: number, options?: CallOptions): Listing<WorkItem> {
    checkedId(id, 'id');
    const service = this.#service;
    return listing(() => {
      const call = service.call(options);
      return bySkipping(WORK_ITEM, (skip) => sendByLibrary(call, 'history.revisions', [id, PAGE, skip]));
    });
  }

  /** The item as it was at one revision. Throws {@link NotFoundError}. */
  async revision(id: number, rev: number, options?: CallOptions): Promise<WorkItem> {
    checkedId(id, 'id');
    checkedId(rev, 'rev');
    return await getRevision(this.#service.call(options), id, rev);
  }
}
