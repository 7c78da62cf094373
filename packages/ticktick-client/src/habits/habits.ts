import type { CallOptions } from '@context-sdk/oauth-core';
import { present } from '../projects/present.ts';
import { checkedId } from '../transport/checked-id.ts';
import { expectArray, expectObject } from '../transport/expect.ts';
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
    const name = 'habits.list';
    const path = '/habit';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectArray<Habit>(answer, ['id'], name);
  }

  /** One habit. Throws {@link NotFoundError}. Scope `tasks:read`. Documented only, never seen live. */
  async get(habitId: string, options?: CallOptions): Promise<Habit> {
    const name = 'habits.get';
    const path = pathOf(habitId);
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectObject<Habit>(present(answer, `habit ${habitId}`), ['id'], name);
  }

  /**
   * Creates a habit. Never sent twice on a lost answer. Scope `tasks:write`. Documented only, never seen live.
   */
  async create(input: HabitInput, options?: CallOptions): Promise<Habit> {
    const name = 'habits.create';
    const json = wireHabit(input);
    const answer = await this.#transport.send(
      { name, effect: 'write', method: 'POST', path: '/habit', json },
      options,
    );
    return expectObject<Habit>(answer, ['id'], name);
  }

  /**
   * Changes what is given; that the rest stays is what the documentation's example suggests. Throws
   * {@link NotFoundError}. Scope `tasks:write`. Documented only, never seen live.
   */
  async update(habitId: string, changes: HabitChanges, options?: CallOptions): Promise<Habit> {
    const name = 'habits.update';
    const path = pathOf(habitId);
    const json = wireHabitChanges(changes);
    const answer = await this.#transport.send(
      { name, effect: 'idempotent', method: 'POST', path, json },
      options,
    );
    return expectObject<Habit>(present(answer, `habit ${habitId}`), ['id'], name);
  }

  /** The headings that habits stand under. Scope `tasks:read`. Documented only, never seen live. */
  async sections(options?: CallOptions): Promise<HabitSection[]> {
    const name = 'habits.sections';
    const path = '/habit/sections';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectArray<HabitSection>(answer, ['id'], name);
  }

  /**
   * Notes a habit's day, or changes what was noted, and gives the year that the day is in. Whether a second call
   * for a day replaces the value or adds to it is not said, so it is never sent twice on a lost answer. Throws
   * {@link NotFoundError} for an unknown habit. Scope `tasks:write`. Documented only, never seen live.
   */
  async checkIn(habitId: string, input: HabitCheckInInput, options?: CallOptions): Promise<HabitCheckin> {
    const name = 'habits.checkIn';
    const path = `${pathOf(habitId)}/checkin`;
    const json = wireCheckIn(input);
    const answer = await this.#transport.send({ name, effect: 'write', method: 'POST', path, json }, options);
    return expectObject<HabitCheckin>(answer, ['habitId'], name);
  }

  /**
   * The check-ins of some habits from one day to another: an entry per habit and year that has any. Scope
   * `tasks:read`. Documented only, never seen live.
   */
  async checkIns(range: HabitCheckInRange, options?: CallOptions): Promise<HabitCheckin[]> {
    const name = 'habits.checkIns';
    const path = '/habit/checkins';
    const searchParams = checkInQuery(range);
    const answer = await this.#transport.send(
      { name, effect: 'read', method: 'GET', path, searchParams },
      options,
    );
    return expectArray<HabitCheckin>(answer, ['habitId'], name);
  }
}
