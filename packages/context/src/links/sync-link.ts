import {
  ApiError,
  type CallOptions,
  ConflictError,
  ContextSdkError,
  GrantChangedError,
  InvalidRequestError,
  NotFoundError,
} from '@context-sdk/oauth-core';
import type { CheckedCallOptions } from '@context-sdk/oauth-core/client-kit';
import { currentGrant } from '../connections/current-grant.ts';
import type { UserClients } from '../connections/user-clients.ts';
import { completeRules } from '../options/check-links-options.ts';
import type { LinkDecision, LinkField, SideKind } from '../options/links-options.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import { readTask } from '../task-actions/read-task.ts';
import { BlockRecords } from '../time-blocks/block-records.ts';
import type { TimeBlocks } from '../time-blocks/time-blocks.ts';
import { type LinkOwners, type OwnersNow, readOwners } from './link-owners.ts';
import type { LinkRecord } from './link-record.ts';
import { type LinkRecords, publicLink } from './link-records.ts';
import type { LinkState, LinkWrite, SideState } from './link-state.ts';
import { withTail } from './link-values.ts';
import type { SyncedLink } from './link.ts';
import { pinnedCalls, type ReadSides, readSides } from './read-sides.ts';
import { afterDecision, afterRefusal, afterWrite, reconcile, sideOf } from './reconcile.ts';
import type { Side } from './sides/side.ts';

/** Others wait so long for one whose process has died. */
const LEASE_MS = 60_000;

/** How many times a side may be changed by someone else while it is being written. */
const MAX_CONFLICTS = 5;

/** What links of a user work with. */
export interface LinkParts {
  options: ResolvedOptions;
  clients: UserClients;
  blocks: () => Promise<TimeBlocks>;
}

/** The same with the records. */
export interface StoredLinkParts extends LinkParts {
  records: LinkRecords;
}

/** What to do with a link before it is synchronized. */
export interface LinkChange {
  /** Makes or extends the record. */
  extend?: (record: LinkRecord | undefined, owners: LinkOwners) => LinkRecord;
  /** Whether sides that are new must exist. */
  isChecked?: boolean;
  decision?: { field: LinkField; decision: LinkDecision };
}

/** One synchronization at a time per link, across all processes. */
export async function syncLink(
  parts: StoredLinkParts,
  taskId: string,
  { signal, timeoutMs, maxWaitMs }: CheckedCallOptions,
  change: LinkChange = {},
): Promise<SyncedLink> {
  const { options, clients } = parts;
  const key = keys.linkTurn(clients.id, taskId);
  return await withMendedLease(options.store, key, { ttlMs: LEASE_MS, signal }, async (_lease, either) => {
    const call = { signal: either, timeoutMs, maxWaitMs };
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        return await new Synchronization(parts, taskId, call).run(change);
      } catch (error) {
        if (!(error instanceof ConflictError) || conflicts === MAX_CONFLICTS) throw error;
      }
    }
  });
}

/** One attempt to bring the sides of a link together. */
class Synchronization {
  readonly #parts: StoredLinkParts;
  readonly #taskId: string;
  readonly #call: CallOptions;
  #record: LinkRecord | undefined;
  #version: string | undefined;
  #stored: string | undefined;

  constructor(parts: StoredLinkParts, taskId: string, call: CallOptions) {
    this.#parts = parts;
    this.#taskId = taskId;
    this.#call = call;
  }

  async run({ extend, isChecked, decision }: LinkChange): Promise<SyncedLink> {
    const { options, clients, records } = this.#parts;
    const found = await records.read(this.#taskId);
    const calls = await pinnedCalls(clients, this.#call);
    const { owners, unreadable } = await readOwners(options, clients);
    const record = extend?.(found?.record, owners) ?? found?.record;
    if (record === undefined) throw new NotFoundError(`There is no link of the task ${this.#taskId}.`);
    // Whatever can't be read gives way to a new link.
    if (found === undefined) await options.store.delete(keys.link(clients.id, this.#taskId));
    this.#version = found?.version;
    this.#stored = JSON.stringify(found?.record);
    this.#record = record;
    if (record.owner !== owners.ticktick) return this.#result(0, []);
    const rules = completeRules(record.rules, options.links.rules);
    const blocks = new BlockRecords({ store: options.store, userId: clients.id });
    const { onTaskChange } = options;
    const sides = await readSides({ clients, blocks, owners, rules, onTaskChange, calls }, record);
    // A task that was never seen has not been deleted: it is somebody else's.
    if (sides.task.now.isGone && found?.record.owner !== record.owner)
      throw new NotFoundError(`TickTick has no task ${this.#taskId}.`, { service: 'ticktick' });
    if (isChecked) checkNewSides(sides, found?.record);
    const now = [sides.task, ...sides.others].map((side) => side.now);
    sides.failures.push(...this.#unreadableSides(unreadable));
    if (owners.google !== undefined) this.#keepBlocks(sides);
    if (decision !== undefined) this.#decide(decision, now);
    const { state, writes } = reconcile(this.#state, now, rules);
    this.#state = state;
    await this.#save();
    const written = await this.#write(await this.#withoutShared(writes), sides);
    await this.#followTask(sides, owners, calls.ticktick);
    return this.#result(written, sides.failures);
  }

  get #current(): LinkRecord {
    if (this.#record === undefined) throw new Error('No link was read.');
    return this.#record;
  }

  get #state(): LinkState {
    return this.#current;
  }

  set #state(state: LinkState) {
    this.#record = { ...this.#current, ...state };
  }

  /** What is known of them stays until their connection can be read. */
  #unreadableSides(unreadable: OwnersNow['unreadable']): SyncedLink['failures'] {
    return this.#current.sides.flatMap(({ kind, id }) => {
      const error = unreadable.get(kind === 'work-item' ? 'azure-devops' : 'google');
      return kind === 'task' || error === undefined ? [] : [{ side: kind, id, error }];
    });
  }

  /** Forgets blocks that the task has no more. */
  #keepBlocks({ blockIds }: ReadSides): void {
    const isKept = ({ kind, id }: SideState): boolean => kind !== 'block' || blockIds.includes(id);
    this.#state = { ...this.#state, sides: this.#state.sides.filter(isKept) };
  }

  #decide({ field, decision }: NonNullable<LinkChange['decision']>, now: Side['now'][]): void {
    const value = 'value' in decision ? decision.value : this.#valueAt(decision.side, field, now);
    if (value === undefined) {
      throw new InvalidRequestError(`The link has no such side with a ${field}.`, { field: 'decision.side' });
    }
    this.#state = afterDecision(this.#state, field, value, now);
  }

  /** What a side of this kind has, with the end of a title that it has no room for. */
  #valueAt(kind: SideKind, field: LinkField, now: readonly Side['now'][]): string | undefined {
    const side = now.find((one) => one.kind === kind && one.fields[field] !== undefined);
    const value = side?.fields[field]?.value;
    return value && side && withTail(value, sideOf(this.#state.sides, side)?.fields[field]?.tail);
  }

  /** Writes the record if it differs from what is stored. */
  async #save(): Promise<void> {
    const text = JSON.stringify(this.#current);
    if (text === this.#stored) return;
    const { options, clients, records } = this.#parts;
    this.#version = await records.save(this.#current, this.#version);
    this.#stored = text;
    // A user who has left the account meanwhile, or was forgotten, leaves nothing behind.
    const now = await currentGrant(options, clients.id, 'ticktick');
    if (now?.owner === this.#current.owner) return;
    await records.deleteLeft(this.#taskId);
    throw new GrantChangedError({ service: 'ticktick' });
  }

  /** What another task has, too, goes with the last of them. Looked up once this task is known to be gone: another may go now. */
  async #withoutShared(writes: readonly LinkWrite[]): Promise<LinkWrite[]> {
    const kept: LinkWrite[] = [];
    for (const write of writes) {
      const side = write.isRemoval && sideOf(this.#state.sides, write);
      if (!side || !(await this.#parts.records.hasOther(side, this.#taskId))) kept.push(write);
    }
    return kept;
  }

  /** Each write by itself: a service that fails doesn't keep the others from theirs. */
  async #write(writes: readonly LinkWrite[], { task, others, failures }: ReadSides): Promise<number> {
    const sides = [task, ...others];
    let written = 0;
    for (const write of writes) {
      const at = sides.findIndex(({ now }) => sideOf([now], write) !== undefined);
      const side = sides[at];
      if (
        side === undefined ||
        failures.some((failure) => failure.side === write.kind && failure.id === write.id)
      )
        continue;
      try {
        const changed = write.isRemoval ? await side.remove() : await side.write(write);
        sides[at] = changed;
        this.#state = afterWrite(this.#state, write, changed.now);
        written += 1;
      } catch (error) {
        this.#call.signal?.throwIfAborted();
        if (error instanceof ConflictError || !(error instanceof ContextSdkError)) throw error;
        if (isRefusal(error)) this.#state = afterRefusal(this.#state, write);
        else failures.push({ side: write.kind, id: write.id, error });
      }
      await this.#save();
    }
    return written;
  }

  /** Frees the blocks of a task that is done, also before the change feed tells of it. */
  async #followTask(
    { task, blockIds, failures }: ReadSides,
    { google }: LinkOwners,
    call: CallOptions,
  ): Promise<void> {
    const { fields, isGone, id } = task.now;
    const status = this.#state.agreed.status?.value ?? fields.status?.value ?? 'open';
    const isOver = isGone || (fields.status !== undefined && status !== 'open');
    if (google === undefined || blockIds.length === 0 || !isOver) return;
    try {
      const now = isGone
        ? undefined
        : await readTask(this.#parts.clients.ticktick, id, this.#current.projectId, call);
      const blocks = await this.#parts.blocks();
      await blocks.follow(id, now, this.#call);
    } catch (error) {
      this.#call.signal?.throwIfAborted();
      if (!(error instanceof ContextSdkError)) throw error;
      failures.push({ side: 'block', id: blockIds[0] ?? '', error });
    }
  }

  #result(writes: number, failures: SyncedLink['failures']): SyncedLink {
    return { link: publicLink(this.#current, this.#parts.options.links.rules), writes, failures };
  }
}

/** Throws {@link NotFoundError} for a side that its service doesn't have, unless the link has had it before. */
function checkNewSides({ others }: ReadSides, known: LinkRecord | undefined): void {
  for (const { now } of others) {
    const { kind, id, owner, isGone } = now;
    if (!isGone || kind === 'block' || sideOf(known?.sides ?? [], now)?.owner === owner) continue;
    if (kind === 'draft') throw new NotFoundError(`Gmail has no draft ${id}.`, { service: 'gmail' });
    throw new NotFoundError(`Azure DevOps has no work item ${id}.`, { service: 'azure-devops' });
  }
}

/** Whether the service will always refuse this write. */
function isRefusal(error: ContextSdkError): boolean {
  if (error instanceof InvalidRequestError) return true;
  return error instanceof ApiError && !error.retryable && error.status !== undefined && error.status !== 401;
}
