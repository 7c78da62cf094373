import { type CallOptions, type Listing, listing, oneDeadline } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import type { Answer, Members } from '../requests/answer.ts';
import type { Transport } from '../requests/transport.ts';
import type { IdentityRef } from '../work-items/identity.ts';
import { WORK_ITEM, type WorkItem, type WorkItemRelation } from '../work-items/work-item.ts';

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

const UPDATE: Members<WorkItemUpdate> = { id: 'number', rev: 'number' };
const PAGE = 200;

/** What became of work items, change by change. Scope `vso.work`. */
export class History {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every change of an item, oldest first, 200 to a request. */
  updates(id: number, options?: CallOptions): Listing<WorkItemUpdate> {
    checkedId(id, 'id');
    return this.#pages(UPDATE, options, (skip, call) =>
      this.#transport.send({ name: 'history.updates', safety: 'safe' }, call, (api) =>
        api.getUpdates(id, PAGE, skip),
      ),
    );
  }

  /** The item as it was at every revision, oldest first, 200 to a request. */
  revisions(id: number, options?: CallOptions): Listing<WorkItem> {
    checkedId(id, 'id');
    return this.#pages(WORK_ITEM, options, (skip, call) =>
      this.#transport.send({ name: 'history.revisions', safety: 'safe' }, call, (api) =>
        api.getRevisions(id, PAGE, skip),
      ),
    );
  }

  /** The item as it was at one revision. Throws {@link NotFoundError}. */
  async revision(id: number, rev: number, options?: CallOptions): Promise<WorkItem> {
    checkedId(id, 'id');
    checkedId(rev, 'rev');
    const answer = await this.#transport.send({ name: 'history.revision', safety: 'safe' }, options, (api) =>
      api.getRevision(id, rev),
    );
    return answer.object(WORK_ITEM);
  }

  #pages<T>(
    members: Members<T>,
    options: CallOptions | undefined,
    get: (skip: number, call: CallOptions | undefined) => Promise<Answer>,
  ): Listing<T> {
    return listing(async function* () {
      const call = oneDeadline<CallOptions>(options, 'azure-devops');
      for (let skip = 0; ; skip += PAGE) {
        const page = (await get(skip, call)).list(members);
        yield* page;
        if (page.length < PAGE) return;
      }
    });
  }
}
