import type { WorkItem } from '@context-sdk/ado-client';
import type { CalendarEvent, Instant } from '@context-sdk/google-workspace';
import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import type { Freshness, Skipped, Task } from '@context-sdk/ticktick-client';

/** The part of a user's time to read. */
export interface AgendaQuery extends CallOptions {
  from: Instant;
  /** Exclusive. */
  to: Instant;
  /** IANA time zone that days are counted in. */
  timeZone: string;
  /** Calendars to read. Default: those that the user owns and has selected in Google Calendar. */
  calendarIds?: readonly string[] | undefined;
  /** Puts a work item without a due day on the last day of its iteration. Default: false. */
  useSprintEnd?: boolean | undefined;
  /**
   * How old the tasks may be: those that the user's last poll, or another agenda, has read within this time take no request, and callers at
   * the same time share one listing. Default: they are read anew.
   */
  freshness?: Freshness | undefined;
}

/** When an item takes place. All-day items have no instants: they are on that day in every time zone. */
interface AgendaTime {
  title: string;
  /** The calendar day on which it begins, in the agenda's time zone: `2026-11-27`. */
  day: string;
  allDay: boolean;
  /** For all-day items, the first day after the item. */
  endDay?: string;
  start?: Date;
  /** Absent for items without a length, such as a task with a due time. */
  end?: Date;
  /** The item's page in the service's own app. */
  url?: string;
}

/**
 * A TickTick task. With a `block`, the times are those of the event that blocks time for it; then `task` has no more than its id,
 * project and title if it is not open any more, or if TickTick couldn't be read.
 */
export interface AgendaTask extends AgendaTime {
  kind: 'task';
  task: Task;
  /** The day of a later occurrence of a recurring task, which shows the dates of its current one. At most 400 of one task are told. */
  occurrence?: string;
  block?: CalendarEvent;
}

/** A Google Calendar event. */
export interface AgendaEvent extends AgendaTime {
  kind: 'event';
  event: CalendarEvent;
  calendarId: string;
}

/** An Azure DevOps work item that is assigned to the user, on its due day. */
export interface AgendaWorkItem extends AgendaTime {
  kind: 'work-item';
  workItem: WorkItem;
}

/** One item, told apart by `kind`. Each has the service's own object, unchanged. */
export type AgendaItem = AgendaTask | AgendaEvent | AgendaWorkItem;

/** The services that an agenda is read from. */
export type AgendaSource = 'ticktick' | 'google-calendar' | 'azure-devops';

/** A user's time across services. */
export interface Agenda {
  /** Sorted by day, then all-day items first, then by start time. */
  items: AgendaItem[];
  /** What should be done by now and is before `from`: tasks and work items, oldest first. */
  overdue: (AgendaTask | AgendaWorkItem)[];
  /** The user's open tasks without a date, in the order of `tasks.listOpen`. Notes are none. */
  undatedTasks: Task[];
  /** The user's open work items without a due day, latest change first. At most 200. */
  undated: WorkItem[];
  /**
   * Why a service is missing, for example because it is down, not connected, or not read by the deadline. Only configured services
   * are listed.
   */
  errors: Partial<Record<AgendaSource, ContextSdkError>>;
  /** What is missing of the tasks: lists that could not be read, by their `projectId`, and rows that make no sense. */
  skippedTasks: readonly Skipped[];
  /** Why single calendars are missing, by their id: the others are returned all the same. */
  calendarErrors: Readonly<Record<string, ContextSdkError>>;
}
