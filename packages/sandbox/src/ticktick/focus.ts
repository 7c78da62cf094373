/** One stretch of focused work; dates are milliseconds since the epoch. */
export interface Focus {
  readonly id: string;
  readonly userId: number;
  /** 0 pomodoro, 1 timing. */
  readonly type: number;
  readonly taskId: string | undefined;
  readonly note: string | undefined;
  readonly status: number;
  readonly startTime: number;
  readonly endTime: number;
  /** Seconds. */
  readonly pauseDuration: number;
  /** Seconds. */
  readonly duration: number;
  readonly relationType: number[] | undefined;
  readonly createdTime: number;
  readonly etag: string;
}
