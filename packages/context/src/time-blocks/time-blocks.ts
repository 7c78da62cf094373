import { type CalendarEvent, type GoogleCalendarClient, readEventTimes } from '@context-sdk/google-workspace';
import {
  type CallOptions,
  ConflictError,
  ReauthorizationRequiredError,
  type RecordStore,
} from '@context-sdk/oauth-core';
import {
  checkedCallOptions,
  type CheckedCallOptions,
  type OwnOptions,
  raceAbort,
} from '@context-sdk/oauth-core/client-kit';
import type { Region } from '@context-sdk/ticktick-client';
import type { Grant } from '../connections/connection.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import { checkedRange, checkTask } from '../utils/input-checks.ts';
import { type BlockCalendars, chooseCalendars } from './block-calendars.ts';
import { blockedTaskId, createBlock, deleteBlock, findBlocks, moveBlock } from './block-event.ts';
import { BlockRecords } from './block-records.ts';
import { type BusyTime, busyTime, readOccupiedTime } from './busy-times.ts';
import { earliestSlot, reusableSlot, validateOptions } from './choose-slot.ts';
import type {
  BlockableTask,
  BlockedTime,
  BlockRecord,
  BlockRequest,
  BlockTimeOptions,
} from './time-block.ts';

/** Calls for one account wait for each other. A call that takes longer than this is considered dead. */
const LEASE_MS = 60_000;

/** How many times a block may be changed by someone else while it is being moved. */
const MAX_CONFLICTS = 5;

const SERVICE = 'google-calendar';

const OPTIONS: OwnOptions<BlockTimeOptions> = {
  durationMinutes: 'number',
  within: true,
  workingHours: true,
  timeZone: 'string',
  bufferMinutes: 'number',
  granularityMinutes: 'number',
  calendarId: 'string',
  otherCalendarIds: 'list',
  reminders: 'list',
};

interface TimeBlocksParts {
  store: RecordStore;
  userId: string;
  client: GoogleCalendarClient;
  region: Region | undefined;
  /** The user's grant at Google. */
  grant: () => Promise<Grant | undefined>;
}

/** What a call works with while it is the only one. */
interface Turn {
  call: CallOptions;
  /** The Google account: a task has one block in it, however many users have connected it. */
  owner: string;
}

/** The time blocked for one user's tasks. */
export class TimeBlocks {
  readonly #parts: TimeBlocksParts;
  readonly #records: BlockRecords;

  constructor(parts: TimeBlocksParts) {
    this.#parts = parts;
    this.#records = new BlockRecords(parts);
  }

  async block(task: BlockableTask, options: BlockTimeOptions): Promise<BlockedTime> {
    const checked = checkedCallOptions(options, SERVICE, OPTIONS);
    checkTask(task);
    const range = checkedRange(options?.within, 'within.');
    validateOptions(range, options);
    return await this.#exclusively(checked, async ({ call, owner }) => {
      for (let conflicts = 0; ; conflicts += 1) {
        try {
          return await this.#blockOnce({ task, range, options, call, owner });
        } catch (error) {
          if (!(error instanceof ConflictError) || conflicts === MAX_CONFLICTS) throw error;
        }
      }
    });
  }

  async unblock(task: Pick<BlockableTask, 'id'>, options: CallOptions): Promise<void> {
    const checked = checkedCallOptions(options, SERVICE);
    checkTask(task);
    await this.#exclusively(checked, async ({ call, owner }) => {
      const { client } = this.#parts;
      const record = await this.#records.read(owner, task.id, call);
      // The record may be missing, for example after a crash.
      const blocks = record === undefined ? await findBlocks(client, task.id, call) : [record];
      for (const block of blocks) await deleteBlock(client, block, call);
      await this.#records.delete(owner, task.id);
    });
  }

  async #blockOnce(request: BlockRequest): Promise<BlockedTime> {
    const { task, range, options, call, owner } = request;
    const { client } = this.#parts;
    const record = await this.#records.read(owner, task.id, call);
    const calendars = await chooseCalendars(client, options, record?.calendarId, call);
    const { events, elsewhere } = await readOccupiedTime(client, request, calendars);
    const existing = await this.#existingBlock(request, record, calendars, events);
    const others = events.filter(({ id }) => id !== existing?.id);
    const busy = [...elsewhere, ...others.flatMap((event) => busyTime(event, calendars.timeZone) ?? [])];
    const slot = existing && reusableSlot(existing, range, options.durationMinutes, busy);
    if (existing && slot) return { event: existing, slot, outcome: 'unchanged' };
    if (existing === undefined) await this.#records.intend(owner, task.id, record, calendars.calendarId);
    const blocked = await this.#write(request, calendars, existing, busy);
    await this.#save(request, record, calendars, blocked.event);
    return blocked;
  }

  async #existingBlock(
    { task, call }: BlockRequest,
    record: BlockRecord | undefined,
    { calendarId }: BlockCalendars,
    events: readonly CalendarEvent[],
  ): Promise<CalendarEvent | undefined> {
    const listed =
      events.find(({ id }) => id === record?.eventId) ??
      events.find((event) => blockedTaskId(event) === task.id);
    if (listed !== undefined || record?.calendarId !== calendarId) return listed;
    return await this.#parts.client.events.find(record.eventId, { ...call, calendarId });
  }

  async #write(
    request: BlockRequest,
    calendars: BlockCalendars,
    existing: CalendarEvent | undefined,
    busy: readonly BusyTime[],
  ): Promise<BlockedTime> {
    const { client } = this.#parts;
    const { range, options, call } = request;
    const slot = earliestSlot(range, calendars.timeZone, options, busy);
    const target = { ...calendars, slot };
    if (existing !== undefined) {
      return { event: await moveBlock(client, existing, target, call), slot, outcome: 'updated' };
    }
    const event = await createBlock(client, request, target, this.#parts.region);
    const times = readEventTimes(event, calendars.timeZone);
    if (times?.allDay === false && times.start.getTime() === Date.parse(slot.start)) {
      return { event, slot, outcome: 'created' };
    }
    // An earlier call created this event elsewhere, and ended before it was recorded.
    const reusable = reusableSlot(event, range, options.durationMinutes, busy);
    if (reusable !== undefined) return { event, slot: reusable, outcome: 'unchanged' };
    return { event: await moveBlock(client, event, target, call), slot, outcome: 'updated' };
  }

  /** Records the block, and deletes the old event if the block went to another calendar. */
  async #save(
    { task, call, owner }: BlockRequest,
    before: BlockRecord | undefined,
    { calendarId, formerId }: BlockCalendars,
    { id: eventId }: CalendarEvent,
  ): Promise<void> {
    const { client } = this.#parts;
    if (before !== undefined && formerId !== undefined) {
      await deleteBlock(client, { calendarId: formerId, eventId: before.eventId }, call);
    }
    await this.#records.save(owner, task.id, { calendarId, eventId });
  }

  /** Runs one call at a time per account, across all processes, so that two tasks never get the same slot. */
  async #exclusively<T>(call: CheckedCallOptions, work: (turn: Turn) => Promise<T>): Promise<T> {
    const { store, grant } = this.#parts;
    const { signal, timeoutMs, maxWaitMs } = call;
    const owner = (await raceAbort(grant(), signal))?.owner;
    if (owner === undefined) throw new ReauthorizationRequiredError('never-connected', { service: 'google' });
    return await withMendedLease(store, keys.blocks(owner), { ttlMs: LEASE_MS, signal }, async (lease) => {
      const either = signal === undefined ? lease.signal : AbortSignal.any([signal, lease.signal]);
      return await work({ call: { signal: either, timeoutMs, maxWaitMs }, owner });
    });
  }
}
