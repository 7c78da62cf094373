import type { CallOptions } from '@context-sdk/oauth-core';
import { found } from '../errors.ts';
import { type TickTickService, WITH_ID } from '../operations.ts';
import { rowsOf } from '../rows.ts';
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
import type { Habit, HabitCheckin, HabitSection } from './habit.ts';

const REQUIRED_OF_CHECK_IN = { habitId: 'string' } as const;

/** Habits and their check-ins: all of it documented, but not tested against the service. The Open API deletes neither. */
export class Habits {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** Every habit. Scope `tasks:read`. */
  async list(options?: CallOptions): Promise<Habit[]> {
    return rowsOf<Habit>(await this.#service.call(options).send('habits.list', {}), 'id');
  }

  /** One habit. Throws {@link NotFoundError}. Scope `tasks:read`. */
  async get(habitId: string, options?: CallOptions): Promise<Habit> {
    const response = await this.#service.call(options).send('habits.get', { params: { habitId } });
    return found(response, `habit ${habitId}`).object<Habit>(WITH_ID);
  }

  /** Creates a habit. Not retried if the response is lost. Scope `tasks:write`. */
  async create(input: HabitInput, options?: CallOptions): Promise<Habit> {
    const json = wireHabit(input);
    return (await this.#service.call(options).send('habits.create', { json })).object<Habit>(WITH_ID);
  }

  /**
   * Changes the given fields; other fields stay as they are, as the documentation's example suggests. Throws
   * {@link NotFoundError}. Scope `tasks:write`.
   */
  async update(habitId: string, changes: HabitChanges, options?: CallOptions): Promise<Habit> {
    const request = { params: { habitId }, json: wireHabitChanges(changes) };
    const response = await this.#service.call(options).send('habits.update', request);
    return found(response, `habit ${habitId}`).object<Habit>(WITH_ID);
  }

  /** The headings above habits. Scope `tasks:read`. */
  async sections(options?: CallOptions): Promise<HabitSection[]> {
    return rowsOf<HabitSection>(await this.#service.call(options).send('habits.sections', {}), 'id');
  }

  /**
   * Checks in a habit's day, or changes its check-in, and returns the year of that day. Not retried if the response is
   * lost: it is not documented whether a second call replaces the value or adds to it. Throws {@link NotFoundError} for an
   * unknown habit. Scope `tasks:write`.
   */
  async checkIn(habitId: string, input: HabitCheckInInput, options?: CallOptions): Promise<HabitCheckin> {
    const request = { params: { habitId }, json: wireCheckIn(input) };
    const response = await this.#service.call(options).send('habits.checkIn', request);
    return response.object<HabitCheckin>(REQUIRED_OF_CHECK_IN);
  }

  /** The check-ins of some habits in a range of days: an entry per habit and year that has any. Scope `tasks:read`. */
  async checkIns(range: HabitCheckInRange, options?: CallOptions): Promise<HabitCheckin[]> {
    const response = await this.#service
      .call(options)
      .send('habits.checkIns', { query: checkInQuery(range) });
    return rowsOf<HabitCheckin>(response, 'habitId');
  }
}
