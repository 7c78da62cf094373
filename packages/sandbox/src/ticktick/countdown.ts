/** A countdown, as the service answers it; the API cannot change one. */
export interface Countdown {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  /** YYYYMMDD. */
  readonly date: number;
  readonly color: string;
  readonly reminders: readonly string[];
  readonly sortOrder: number;
}
