import type { TaskSchedule } from '@context-sdk/ticktick-client';
import type { Plan } from '../../plans/plan.ts';

/** The fields of a task that tools write. */
export interface TaskState {
  title?: string;
  content?: string;
  priority?: number;
  tags?: string[];
  schedule?: TaskSchedule;
  /** IANA. A time alone would be one of the account's zone. */
  timeZone?: string;
  repeatFlag?: string;
}

/** The fields of a work item that tools write, by their reference names. An absent value is `null`. */
export type WorkItemState = Record<string, string | number | null>;

/** How a write is taken back: what was before, and what the write made of it, so that changes of others are noticed. */
export type UndoStep =
  | { kind: 'task-created'; id: string; projectId: string; after: TaskState }
  | { kind: 'task-changed'; id: string; projectId: string; before: TaskState; after: TaskState }
  | {
      kind: 'task-completed';
      id: string;
      projectId: string;
      before: TaskState;
      /** Of one that repeats: what its next date is now. */
      after?: TaskState;
      copyId?: string;
      repeats: boolean;
    }
  | { kind: 'block-created'; taskId: string; events: WrittenEvent[] }
  | { kind: 'block-moved'; id: string; before: BlockTimes & { summary?: string }; after: BlockTimes }
  | { kind: 'plan-applied'; events: WrittenEvent[]; inverse: Plan }
  | { kind: 'draft-created'; id: string; messageId: string }
  | { kind: 'work-item-created'; id: number; after: WorkItemState }
  | {
      kind: 'work-item-changed';
      id: number;
      before: WorkItemState;
      after: WorkItemState;
      commentId?: number;
    };

/** An event as it was after a write. */
export interface WrittenEvent {
  calendarId: string;
  id: string;
  after: EventState;
}

/** The fields of a block that a person may change. Times are epoch milliseconds. */
export interface EventState {
  summary: string;
  start: number | null;
  end: number | null;
  location: string;
  /** The description without the link to the task. */
  notes: string;
}

/** When a block begins and ends. */
export interface BlockTimes {
  start: { dateTime: string; timeZone?: string };
  end: { dateTime: string; timeZone?: string };
}
