import type { WorkItem } from '@context-sdk/ado-client';
import type { CalendarEvent, Instant } from '@context-sdk/google-workspace';
import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';

/** Which part of a user's time is wanted. */
export interface AgendaQuery extends CallOptions {
  from: Instant;
  /** Not part of it. */
  to: Instant;
  /** IANA: whose days these are. */
  timeZone: string;
  /** Calendars to read; those that the user owns and has selected in Google's own calendar unless given. */
  calendarIds?: readonly string[] | undefined;
}

/** When something is. What lasts all day has no instants: it is a day wherever one is. */
interface AgendaTime {
  title: string;
  /** The calendar day on which it begins, in the agenda's zone: `2026-11-27`. */
  day: string;
  allDay: boolean;
  /** Of what lasts all day, the first day after it. */
  endDay?: string;
  start?: Date;
  /** Absent for what has no length, such as a task that is due. */
  end?: Date;
  /** Where the service's own application shows it. */
  url?: string;
}

/** A task of TickTick. With a `block` the times are those of the event that blocks time for it. */
export interface AgendaTask extends AgendaTime {
  kind: 'task';
  task: Task;
  block?: CalendarEvent;
}

/** An event of a Google calendar. */
export interface AgendaEvent extends AgendaTime {
  kind: 'event';
  event: CalendarEvent;
  calendarId: string;
}

/** A work item of Azure DevOps that is assigned to the user, on the day that it is due. */
export interface AgendaWorkItem extends AgendaTime {
  kind: 'work-item';
  workItem: WorkItem;
}

/** `kind` tells the members apart; each holds the service's own object, untouched. */
export type AgendaItem = AgendaTask | AgendaEvent | AgendaWorkItem;

/** The services that an agenda is made of. */
export type AgendaSource = 'ticktick' | 'google-calendar' | 'azure-devops';

/** One user's time. */
export interface Agenda {
  /** In order: by day, what lasts all day first, then by time. */
  items: AgendaItem[];
  /** Open work items of the user that no field says a day of, the latest changed first; at most 200. */
  undated: WorkItem[];
  /** Why a service is missing: it is down, or the user has to connect. What the host does not work with is not in it. */
  errors: Partial<Record<AgendaSource, ContextSdkError>>;
}
