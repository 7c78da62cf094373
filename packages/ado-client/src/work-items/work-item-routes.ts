import type { CallOptions, Safety } from '@context-sdk/oauth-core';
import type { Transport } from '../requests/transport.ts';
import { checkedExpand, type WireRead } from './checked-reads.ts';
import type { WriteOptions } from './options.ts';
import type { PatchOperation } from './patch-operation.ts';
import { WORK_ITEM, type WorkItem } from './work-item.ts';

/** Most items of one request (VS403474). */
export const MOST_IN_BATCH = 200;

/** Requests for items, one each: what they mean together is decided elsewhere. */
export class WorkItemRoutes {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  async get(name: string, id: number, read: Partial<WireRead>, options?: CallOptions): Promise<WorkItem> {
    const { fields, asOf, expand, project } = read;
    const answer = await this.transport.send({ name, safety: 'safe' }, options, (api) =>
      api.getWorkItem(id, fields, asOf, expand, project),
    );
    return answer.object(WORK_ITEM);
  }

  /** The items that are there, in the order of the ids; what is missing, or hidden from this user, is left out. */
  async batch(
    name: string,
    ids: readonly number[],
    read: WireRead,
    options?: CallOptions,
  ): Promise<WorkItem[]> {
    const { fields, asOf, expand, project } = read;
    const body = { ids, fields, asOf, $expand: expand, errorPolicy: 'omit' };
    const answer = await this.transport.send({ name, safety: 'safe' }, options, (api) =>
      api.getWorkItemsBatch(body, project),
    );
    return answer.withoutHoles().list(WORK_ITEM);
  }

  async create(
    name: string,
    place: { project: string; type: string },
    patch: readonly PatchOperation[],
    options: WriteOptions,
  ): Promise<WorkItem> {
    const { validateOnly, bypassRules, suppressNotifications, expand } = options;
    const answer = await this.transport.send(
      { name, safety: validateOnly ? 'safe' : 'unsafe' },
      options,
      (api) =>
        api.createWorkItem(
          {},
          patch,
          place.project,
          place.type,
          validateOnly,
          bypassRules,
          suppressNotifications,
          checkedExpand(expand),
        ),
    );
    // What was only checked has no id yet.
    return answer.object(validateOnly ? { fields: 'object' } : WORK_ITEM);
  }

  async update(
    name: string,
    id: number,
    patch: readonly PatchOperation[],
    options: WriteOptions,
  ): Promise<WorkItem> {
    const { validateOnly, bypassRules, suppressNotifications, expand } = options;
    const safety: Safety = validateOnly ? 'safe' : 'unsafe';
    const answer = await this.transport.send({ name, safety }, options, (api) =>
      api.updateWorkItem(
        {},
        patch,
        id,
        undefined,
        validateOnly,
        bypassRules,
        suppressNotifications,
        checkedExpand(expand),
      ),
    );
    return answer.object(WORK_ITEM);
  }

  async revision(name: string, id: number, rev: number, options?: CallOptions): Promise<WorkItem> {
    const answer = await this.transport.send({ name, safety: 'safe' }, options, (api) =>
      api.getRevision(id, rev),
    );
    return answer.object(WORK_ITEM);
  }
}
