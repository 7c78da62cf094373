import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import type { Transport } from '../transport/transport.ts';
import type { Habit, HabitCheckin, HabitSection } from './habit.ts';
import {
  checkInQuery,
  type HabitChanges,
  type HabitCheckInInput,
  type HabitCheckInRange,
  type HabitInput,
  wireCheckIn,
  wireHabit,
  wireHabitChanges,
} from './habit-input.ts';

function pathOf(habitId: string): string {
  return `/habit/${checkedId(habitId, 'habitId')}`;
}

/** Habits and their check-ins. All of it is documented only, never seen live. The Open API can't delete any of it. */
export class Habits {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every habit. Scope `tasks:read`. Documented only, never seen live. */
  async list(options?: CallOptions): Promise<Habit[]> {
    const answer = await this.#transport.get('habits.list', '/habit', options);
    return answer.list<Habit>('id');
  }

  /** One habit. Throws {@link NotFoundError}. Scope `tasks:read`. Documented only, never seen live. */
  async get(habitId: string, options?: CallOptions): Promise<Habit> {
    const path = pathOf(habitId);
    const answer = await this.#transport.get('habits.get', path, options);
    return answer.present(`habit ${habitId}`).object<Habit>('id');
  }

  /**
   * Creates a habit. Never sent twice on a lost answer. Scope `tasks:write`. Documented only, never seen live.
   */
  async create(input: HabitInput, options?: CallOptions): Promise<Habit> {
    const json = wireHabit(input);
    const answer = await this.#transport.post('habits.create', 'unsafe', '/habit', json, options);
    return answer.object<Habit>('id');
  }

  /**
   * Changes what is given; that the rest stays is what the documentation's example suggests. Throws
   * {@link NotFoundError}. Scope `tasks:write`. Documented only, never seen live.
   */
  async update(habitId: string, changes: HabitChanges, options?: CallOptions): Promise<Habit> {
    const path = pathOf(habitId);
    const json = wireHabitChanges(changes);
    const answer = await this.#transport.post('habits.update', 'idempotent', path, json, options);
    return answer.present(`habit ${habitId}`).object<Habit>('id');
  }

  /** The headings that habits stand under. Scope `tasks:read`. Documented only, never seen live. */
  async sections(options?: CallOptions): Promise<HabitSection[]> {
    const answer = await this.#transport.get('habits.sections', '/habit/sections', options);
    return answer.list<HabitSection>('id');
  }

  /**
   * Notes a habit's day, or changes what was noted, and gives the year that the day is in. Whether a second call
   * for a day replaces the value or adds to it is not said, so it is never sent twice on a lost answer. Throws
   * {@link NotFoundError} for an unknown habit. Scope `tasks:write`. Documented only, never seen live.
   */
  async checkIn(habitId: string, input: HabitCheckInInput, options?: CallOptions): Promise<HabitCheckin> {
    const path = `${pathOf(habitId)}/checkin`;
    const json = wireCheckIn(input);
    const answer = await this.#transport.post('habits.checkIn', 'unsafe', path, json, options);
    return answer.object<HabitCheckin>('habitId');
  }

  /**
   * The check-ins of some habits from one day to another: an entry per habit and year that has any. Scope
   * `tasks:read`. Documented only, never seen live.
   */
  async checkIns(range: HabitCheckInRange, options?: CallOptions): Promise<HabitCheckin[]> {
    const searchParams = checkInQuery(range);
    const answer = await this.#transport.get('habits.checkIns', '/habit/checkins', options, searchParams);
    return answer.list<HabitCheckin>('habitId');
  }
}
