import type { CallOptions } from '@context-sdk/oauth-core';
import {
  type Listing,
  listing,
  type RequiredMembers,
  type ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { unexpected } from '../errors.ts';
import { checkedId } from '../input.ts';
import type { IdentityRef } from '../model/identity.ts';
import { relationsIn } from '../model/relation.ts';
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

/** What a change did to an item's links, and who made it. */
export interface LinkUpdate {
  authorId: string | undefined;
  added: WorkItemRelation[];
  removed: WorkItemRelation[];
  updated: WorkItemRelation[];
}

const UPDATE: RequiredMembers<WorkItemUpdate> = { id: 'number', rev: 'number' };
const PAGE = 200;

async function* bySkipping(
  get: (skip: number) => Promise<ServiceResponse>,
  first = 0,
): AsyncGenerator<ServiceResponse> {
  for (let skip = first; ; skip += PAGE) {
    const page = (await get(skip)).member('value');
    yield page;
    if (!Array.isArray(page.value) || page.value.length < PAGE) return;
  }
}

function updatePages(call: AdoCall, id: number, first = 0): AsyncGenerator<ServiceResponse> {
  return bySkipping((skip) => sendByLibrary(call, 'history.updates', [id, PAGE, skip]), first);
}

/**
 * The links that an item's changes are about, without the first so many changes, oldest first. Throws
 * {@link UnexpectedResponseError} for one that can't be read: what it was about would be guessed.
 */
export async function readLinkUpdates(call: AdoCall, id: number, first: number): Promise<LinkUpdate[]> {
  const read: LinkUpdate[] = [];
  for await (const page of updatePages(call, id, first)) {
    const updates = page.list(UPDATE);
    if (updates.length < (page.value as unknown[]).length)
      throw unexpected('has a change that can not be read', 'value');
    read.push(...updates.map(linkUpdateOf));
  }
  return read;
}

function linkUpdateOf({ relations, revisedBy }: WorkItemUpdate): LinkUpdate {
  const { added, removed, updated } = relations ?? {};
  return {
    authorId: revisedBy?.id,
    added: allLinks(added),
    removed: allLinks(removed),
    updated: allLinks(updated),
  };
}

function allLinks(list: unknown): WorkItemRelation[] {
  const links = relationsIn(list);
  if (links.length === (Array.isArray(list) ? list.length : 0)) return links;
  throw unexpected('has a change of a link that can not be read', 'value');
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
    return listing(async function* () {
      for await (const page of updatePages(service.call(options), id)) yield* page.list(UPDATE);
    });
  }

  /** The item as it was at every revision, oldest first, 200 to a request. */
  revisions(id: number, options?: CallOptions): Listing<WorkItem> {
    checkedId(id, 'id');
    const service = this.#service;
    return listing(async function* () {
      const call = service.call(options);
      const get = (skip: number): Promise<ServiceResponse> =>
        sendByLibrary(call, 'history.revisions', [id, PAGE, skip]);
      for await (const page of bySkipping(get)) yield* page.list(WORK_ITEM);
    });
  }

  /** The item as it was at one revision. Throws {@link NotFoundError}. */
  async revision(id: number, rev: number, options?: CallOptions): Promise<WorkItem> {
    checkedId(id, 'id');
    checkedId(rev, 'rev');
    return await getRevision(this.#service.call(options), id, rev);
  }
}
