import type { CallOptions } from '@context-sdk/oauth-core';
import type { ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { found } from '../errors.ts';
import type { TickTickService } from '../operations.ts';
import { listRows, rowOf, type RowShape } from '../rows.ts';
import type { ListOptions } from '../skipped.ts';
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

const HABIT: RowShape<Habit> = {
  text: 'name',
  fields: {
    string: 'iconRes color encouragement type unit etag repeatRule sectionId',
    number: 'sortOrder status totalCheckIns goal step targetDays targetStartDate completedCycles style',
    boolean: 'recordEnable',
    date: 'createdTime modifiedTime archivedTime',
    'string[]': 'reminders exDates',
  },
};

const SECTION: RowShape<HabitSection> = {
  text: 'name',
  fields: { string: 'etag', number: 'sortOrder', date: 'createdTime modifiedTime' },
};

const CHECK_IN: RowShape<HabitCheckin> = {
  key: 'habitId',
  fields: { string: 'id etag', number: 'year', date: 'createdTime modifiedTime' },
  lists: {
    checkins: {
      key: 'stamp',
      keyType: 'number',
      fields: { string: 'id', date: 'time opTime', number: 'value goal status' },
    },
  },
};

function withDays(entry: HabitCheckin): HabitCheckin {
  return { ...entry, checkins: entry.checkins ?? [] };
}

/** The calls of {@link Habits}. */
export class HabitCalls {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  list(options?: ListOptions): Promise<Habit[]> {
    return listRows(this.#service, 'habits.list', {}, HABIT, options);
  }

  sections(options?: ListOptions): Promise<HabitSection[]> {
    return listRows(this.#service, 'habits.sections', {}, SECTION, options);
  }

  async get(habitId: string, options?: CallOptions): Promise<Habit> {
    const response = await this.#service.call(options).send('habits.get', { params: { habitId } });
    return this.#habitIn(response, habitId);
  }

  async create(input: HabitInput, options?: CallOptions): Promise<Habit> {
    const json = wireHabit(input);
    return rowOf(await this.#service.call(options).send('habits.create', { json }), HABIT);
  }

  async update(habitId: string, changes: HabitChanges, options?: CallOptions): Promise<Habit> {
    const request = { params: { habitId }, json: wireHabitChanges(changes) };
    const response = await this.#service.call(options).send('habits.update', request);
    return this.#habitIn(response, habitId);
  }

  async checkIn(habitId: string, input: HabitCheckInInput, options?: CallOptions): Promise<HabitCheckin> {
    const request = { params: { habitId }, json: wireCheckIn(input) };
    const response = await this.#service.call(options).send('habits.checkIn', request);
    return withDays(rowOf(response, CHECK_IN));
  }

  async checkIns(range: HabitCheckInRange, options?: ListOptions): Promise<HabitCheckin[]> {
    const query = checkInQuery(range);
    const entries = await listRows<HabitCheckin>(
      this.#service,
      'habits.checkIns',
      { query },
      CHECK_IN,
      options,
    );
    return entries.map(withDays);
  }

  #habitIn(response: ServiceResponse, habitId: string): Habit {
    return rowOf(found(response, `habit ${habitId}`), HABIT);
  }
}
