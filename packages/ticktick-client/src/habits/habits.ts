import type { CallOptions } from '@context-sdk/oauth-core';
import type { TickTickService } from '../operations.ts';
import type { ListOptions } from '../skipped.ts';
import type { HabitCalls } from './habit-calls.ts';
import type { HabitChanges, HabitCheckInInput, HabitCheckInRange, HabitInput } from './habit-input.ts';
import type { Habit, HabitCheckin, HabitSection } from './habit.ts';

/** Habits and their check-ins: all of it documented, but not tested against the service. The Open API deletes neither. */
export class Habits {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** Every habit. Scope `tasks:read`. */
  async list(options?: ListOptions): Promise<Habit[]> {
    return await (await this.#calls()).list(options);
  }

  /** One habit. Throws {@link NotFoundError}. Scope `tasks:read`. */
  async get(habitId: string, options?: CallOptions): Promise<Habit> {
    return await (await this.#calls()).get(habitId, options);
  }

  /**
   * Creates a habit. Not retried if the response is lost: it may exist then, and another call would create a second one. Scope
   * `tasks:write`.
   */
  async create(input: HabitInput, options?: CallOptions): Promise<Habit> {
    return await (await this.#calls()).create(input, options);
  }

  /**
   * Changes the given fields; other fields stay as they are, as the documentation's example suggests. Throws
   * {@link NotFoundError}. Scope `tasks:write`.
   */
  async update(habitId: string, changes: HabitChanges, options?: CallOptions): Promise<Habit> {
    return await (await this.#calls()).update(habitId, changes, options);
  }

  /** The headings above habits. Scope `tasks:read`. */
  async sections(options?: ListOptions): Promise<HabitSection[]> {
    return await (await this.#calls()).sections(options);
  }

  /**
   * Checks in a habit's day, or changes its check-in, and returns the year of that day. Not retried if the response is
   * lost: it is not documented whether a second call replaces the value or adds to it. Throws {@link NotFoundError} for an
   * unknown habit. Scope `tasks:write`.
   */
  async checkIn(habitId: string, input: HabitCheckInInput, options?: CallOptions): Promise<HabitCheckin> {
    return await (await this.#calls()).checkIn(habitId, input, options);
  }

  /** The check-ins of some habits in a range of days: an entry per habit and year that has any. Scope `tasks:read`. */
  async checkIns(range: HabitCheckInRange, options?: ListOptions): Promise<HabitCheckin[]> {
    return await (await this.#calls()).checkIns(range, options);
  }

  /** Loaded on first use: most hosts have no use for habits. */
  async #calls(): Promise<HabitCalls> {
    const { HabitCalls: Loaded } = await import('./habit-calls.ts');
    return new Loaded(this.#service);
  }
}
