import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import {
  type CallOptions,
  ConflictError,
  oneDeadline,
  type RecordStore,
  withLease,
} from '@context-sdk/oauth-core';
import type { Region } from '@context-sdk/ticktick-client';
import { checkedRange, type CheckedRange } from '../utils/checked-range.ts';
import { checkedTask } from '../utils/checked-task.ts';
import { readJson, updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { taskOfBlock } from './block-mark.ts';
import type { BlockableTask, BlockedTime, BlockRecord, BlockTimeOptions } from './time-block.ts';
import { type Busy, busyElsewhere, busyTime } from './busy-times.ts';
import { type BlockCalendars, blockCalendars } from './block-calendars.ts';
import { checkWish, earliestSlot, slotThatStays } from './choose-slot.ts';
import { createBlock, moveBlock } from './write-block.ts';

/** Others who want time for the same user wait; a call that takes longer is taken for dead. */
const LEASE_MS = 60_000;

/** How often somebody may change the block while it is being moved. */
const MOST_CONFLICTS = 5;

interface Planned {
  task: BlockableTask;
  range: CheckedRange;
  options: BlockTimeOptions;
  call: CallOptions;
}

/** The time that one user's tasks have in their calendar. */
export class TimeBlocks {
  readonly #parts: {
    store: RecordStore;
    userId: string;
    client: GoogleCalendarClient;
    region: Region | undefined;
  };

  constructor(parts: {
    store: RecordStore;
    userId: string;
    client: GoogleCalendarClient;
    region: Region | undefined;
  }) {
    this.#parts = parts;
  }

  async block(task: BlockableTask, options: BlockTimeOptions): Promise<BlockedTime> {
    checkedTask(task);
    const range = checkedRange(options?.within, 'within.');
    checkWish(range, options);
    return await this.#alone(options, async (call) => {
      const planned = { task, range, options, call };
      for (let conflicts = 0; ; conflicts += 1) {
        try {
          return await this.#blockOnce(planned);
        } catch (error) {
          if (!(error instanceof ConflictError) || conflicts === MOST_CONFLICTS) throw error;
        }
      }
    });
  }

  async unblock(task: Pick<BlockableTask, 'id'>, options: CallOptions): Promise<void> {
    checkedTask(task);
    await this.#alone(options, async (call) => {
      const { client, store, userId } = this.#parts;
      for (const { calendarId, eventId } of await this.#blocksOf(task.id, call)) {
        await client.events.delete(eventId, { ...call, calendarId, sendUpdates: 'all' });
      }
      await store.delete(keys.block(userId, task.id));
    });
  }

  async #blockOnce(planned: Planned): Promise<BlockedTime> {
    const { task, range, options, call } = planned;
    const record = await this.#record(task.id);
    const place = await blockCalendars(this.#parts.client, options, record?.calendarId, call);
    const { events, elsewhere } = await this.#occupied(planned, place);
    const existing = await this.#existing(task.id, record, place, events, call);
    const others = events.filter(({ id }) => id !== existing?.id);
    const busy = [...elsewhere, ...others.flatMap((event) => busyTime(event, place.timeZone) ?? [])];
    const slot = existing && slotThatStays(existing, range, options.durationMinutes, busy);
    if (existing && slot) return { event: existing, slot, outcome: 'unchanged' };
    const written = await this.#write(planned, place, existing, busy);
    await this.#remember(task.id, record, place, written.event, call);
    return written;
  }

  /** The events of the block's own calendar, the block among them, and when others have the user's time elsewhere. */
  async #occupied(
    { task, range, options, call }: Planned,
    { calendarId, formerId, others, timeZone }: BlockCalendars,
  ): Promise<{ events: CalendarEvent[]; elsewhere: Busy[] }> {
    const bufferMs = (options.bufferMinutes ?? 0) * 60_000;
    const from = new Date(range.from.getTime() - bufferMs);
    const to = new Date(range.to.getTime() + bufferMs);
    const eventsOf = (id: string): Promise<CalendarEvent[]> => {
      const query = { ...call, calendarId: id, timeMin: from, timeMax: to, singleEvents: true };
      return this.#parts.client.events.list(query).toArray();
    };
    const [events, former, elsewhere] = await Promise.all([
      eventsOf(calendarId),
      formerId === undefined ? [] : eventsOf(formerId),
      busyElsewhere(this.#parts.client, others, { from, to }, call),
    ]);
    const besideBlock = former.filter((event) => taskOfBlock(event) !== task.id);
    return {
      events,
      elsewhere: [...elsewhere, ...besideBlock.flatMap((one) => busyTime(one, timeZone) ?? [])],
    };
  }

  async #existing(
    taskId: string,
    record: BlockRecord | undefined,
    { calendarId }: BlockCalendars,
    events: readonly CalendarEvent[],
    call: CallOptions,
  ): Promise<CalendarEvent | undefined> {
    const listed =
      events.find(({ id }) => id === record?.eventId) ??
      events.find((event) => taskOfBlock(event) === taskId);
    if (listed !== undefined || record?.calendarId !== calendarId) return listed;
    return await this.#parts.client.events.find(record.eventId, { ...call, calendarId });
  }

  async #write(
    planned: Planned,
    place: BlockCalendars,
    existing: CalendarEvent | undefined,
    busy: readonly Busy[],
  ): Promise<BlockedTime> {
    const { client } = this.#parts;
    const { task, range, options, call } = planned;
    const slot = earliestSlot(range, place.timeZone, options, busy);
    const target = { ...place, slot };
    if (existing !== undefined) {
      return { event: await moveBlock(client, existing, target, call), slot, outcome: 'updated' };
    }
    const event = await createBlock(client, { ...this.#parts, task }, target, {
      ...call,
      reminders: options.reminders,
    });
    if (Date.parse(event.start?.dateTime ?? '') === Date.parse(slot.start))
      return { event, slot, outcome: 'created' };
    // A block of an earlier call that ended before it was remembered: it is there, and somewhere else.
    const stays = slotThatStays(event, range, options.durationMinutes, busy);
    if (stays !== undefined) return { event, slot: stays, outcome: 'unchanged' };
    return { event: await moveBlock(client, event, target, call), slot, outcome: 'updated' };
  }

  /** A block that went to another calendar is gone from the old one. */
  async #remember(
    taskId: string,
    before: BlockRecord | undefined,
    { calendarId, formerId }: BlockCalendars,
    { id: eventId }: CalendarEvent,
    call: CallOptions,
  ): Promise<void> {
    const { store, userId, client } = this.#parts;
    if (before !== undefined && formerId !== undefined) {
      await client.events.delete(before.eventId, { ...call, calendarId: formerId, sendUpdates: 'all' });
    }
    await updateJson<BlockRecord>(store, keys.block(userId, taskId), () => ({ calendarId, eventId }));
  }

  /** By its record; without one, for example after a crash, by its mark in the user's own calendar. */
  async #blocksOf(taskId: string, call: CallOptions): Promise<BlockRecord[]> {
    const record = await this.#record(taskId);
    if (record !== undefined) return [record];
    const query = { ...call, privateExtendedProperty: [`contextSdkTask=${taskId}`] };
    const events = await this.#parts.client.events.list(query).toArray();
    return events.map(({ id }) => ({ calendarId: 'primary', eventId: id }));
  }

  async #record(taskId: string): Promise<BlockRecord | undefined> {
    const { store, userId } = this.#parts;
    return (await readJson<BlockRecord>(store, keys.block(userId, taskId)))?.value;
  }

  /** One call at a time per user, over all processes: two tasks never find the same slot. */
  async #alone<T>(options: CallOptions, work: (call: CallOptions) => Promise<T>): Promise<T> {
    const { store, userId } = this.#parts;
    const { signal, timeoutMs, maxWaitMs } = oneDeadline<CallOptions>(options, 'google-calendar') ?? {};
    return await withLease(store, keys.blocks(userId), { ttlMs: LEASE_MS, signal }, async (lease) => {
      const either = signal === undefined ? lease.signal : AbortSignal.any([signal, lease.signal]);
      return await work({ signal: either, timeoutMs, maxWaitMs });
    });
  }
}
