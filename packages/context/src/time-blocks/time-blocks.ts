import type { GoogleCalendarClient } from '@context-sdk/google-workspace';
import {
  type CallOptions,
  ConflictError,
  ReauthorizationRequiredError,
  type RecordStore,
} from '@context-sdk/oauth-core';
import { checkedCallOptions, type CheckedCallOptions, raceAbort } from '@context-sdk/oauth-core/client-kit';
import type { Region, Task } from '@context-sdk/ticktick-client';
import type { Grant } from '../connections/connection.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import { checkTask, withoutNulls } from '../utils/input-checks.ts';
import { Turns } from '../utils/turns.ts';
import { deleteBlock } from './block-event.ts';
import { blockOnce } from './block-once.ts';
import { BLOCK_OPTIONS, checkedBlockOptions } from './block-options.ts';
import { BlockRecords, type IsConnected } from './block-records.ts';
import { findEverywhere } from './find-blocks.ts';
import { type FollowedTask, followTask } from './follow-task.ts';
import type { BlockableTask, BlockedTime, BlockTimeOptions } from './time-block.ts';
import type { Turn } from './turn.ts';

/** Calls for one account wait for each other, and so long for one whose process has died. */
const LEASE_MS = 60_000;

/** How many times a block may be changed by someone else while it is being moved. */
const MAX_CONFLICTS = 5;

const SERVICE = 'google-calendar';

/** The account in whose calendars a call works, and the grant that all its requests are pinned to. */
export interface BlockGrant extends Pick<Grant, 'owner'> {
  grantId: string | undefined;
}

interface TimeBlocksParts {
  store: RecordStore;
  userId: string;
  client: GoogleCalendarClient;
  region: Region | undefined;
  /** Whether a link decides on the title of a task's blocks. */
  isLinked: (taskId: string) => Promise<boolean>;
  /** Whether an account is the user's now. */
  isConnected: IsConnected;
  /** The grant that requests are sent with now, and its account. */
  grant: (signal: AbortSignal | undefined) => Promise<BlockGrant | undefined>;
}

/** The time blocked for one user's tasks. */
export class TimeBlocks {
  readonly #parts: TimeBlocksParts;
  readonly #records: BlockRecords;
  readonly #turns = new Turns();

  constructor(parts: TimeBlocksParts) {
    this.#parts = parts;
    this.#records = new BlockRecords(parts);
  }

  async block(task: BlockableTask, given: BlockTimeOptions): Promise<BlockedTime> {
    const call = checkedCallOptions(given, SERVICE, BLOCK_OPTIONS);
    checkTask(task);
    const options = withoutNulls(given ?? {});
    const checked = checkedBlockOptions(options);
    return await this.exclusively(call, (turn) => blockOnce(turn, { task, options, checked }));
  }

  async unblock(task: Pick<BlockableTask, 'id'>, options: CallOptions): Promise<void> {
    const checked = checkedCallOptions(options, SERVICE);
    checkTask(task);
    await this.exclusively(checked, async ({ client, records, call, owner }) => {
      const known = await records.read(owner, task.id);
      const entries = await client.calendars
        .list({ ...call, showHidden: true, minAccessRole: 'owner' })
        .toArray();
      const calendarIds = entries.map(({ id }) => id);
      const found = await findEverywhere(calendarIds, { client, taskId: task.id, known, call });
      const now = Date.now();
      for (const { calendarId, event, mark, end } of found) {
        // What was worked of a recurring task stays.
        if (mark.occurrence !== undefined && end <= now) continue;
        await deleteBlock(client, { calendarId, eventId: event.id }, call);
      }
      await records.delete(owner, task.id);
    });
  }

  /** Brings the blocks of a task in line with what it is now; `undefined` if it is gone. */
  async follow(taskId: string, task: Task | undefined, options: CallOptions): Promise<FollowedTask> {
    const checked = checkedCallOptions(options, SERVICE);
    return await this.exclusively(checked, (turn) => followTask(turn, taskId, task));
  }

  /**
   * Runs one call at a time per account, across all processes, so that two tasks never get the same slot; those of this
   * process in the order in which they were asked for. A block that somebody changes meanwhile is read again.
   */
  async exclusively<T>(call: CheckedCallOptions, work: (turn: Turn) => Promise<T>): Promise<T> {
    return await this.#turns.take(call.signal, () => this.#withLease(call, work));
  }

  /** Runs a call that writes nothing beside all others. */
  async beside<T>(call: CheckedCallOptions, work: (turn: Omit<Turn, 'lease'>) => Promise<T>): Promise<T> {
    const { signal, timeoutMs, maxWaitMs } = call;
    const { client, region, isLinked } = this.#parts;
    const { owner, grantId } = await this.#grant(signal);
    return await work({
      client,
      records: this.#records,
      region,
      isLinked,
      call: { signal, timeoutMs, maxWaitMs, grantId },
      owner,
    });
  }

  async #grant(signal: AbortSignal | undefined): Promise<BlockGrant> {
    const grant = await raceAbort(this.#parts.grant(signal), signal);
    if (grant === undefined) throw new ReauthorizationRequiredError('never-connected', { service: 'google' });
    return grant;
  }

  async #withLease<T>(
    { signal, timeoutMs, maxWaitMs }: CheckedCallOptions,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    const { store, client, region, isLinked } = this.#parts;
    const { owner, grantId } = await this.#grant(signal);
    return await withMendedLease(
      store,
      keys.blocks(owner),
      { ttlMs: LEASE_MS, signal },
      async (lease, either) => {
        const call = { signal: either, timeoutMs, maxWaitMs, grantId };
        const turn = { client, records: this.#records, region, isLinked, call, lease, owner };
        for (let conflicts = 0; ; conflicts += 1) {
          try {
            return await work(turn);
          } catch (error) {
            if (!(error instanceof ConflictError) || conflicts === MAX_CONFLICTS) throw error;
          }
        }
      },
    );
  }
}
