import type { SandboxEvent } from '@context-sdk/sandbox/google';
import { OTHER_CALENDAR, type World } from './world.ts';

export const CALENDARS: readonly string[] = ['primary', OTHER_CALENDAR];

/** All events that are not deleted, of both calendars. */
export function allEvents(world: World): SandboxEvent[] {
  const { calendar } = world.sandbox.google.testUser();
  return CALENDARS.flatMap((id) => calendar.events(id)).filter(({ status }) => status !== 'cancelled');
}

/** The calendar that an event is in. */
export function placeOf(world: World, { id }: SandboxEvent): string | undefined {
  const { calendar } = world.sandbox.google.testUser();
  const isIn = (calendarId: string): boolean =>
    calendar.events(calendarId).some((event) => event.id === id && event.status !== 'cancelled');
  return CALENDARS.find(isIn);
}

function taskOf(event: SandboxEvent): string | undefined {
  const { extendedProperties } = event as { extendedProperties?: { private?: Record<string, string> } };
  return extendedProperties?.private?.['contextSdkTask'];
}

export function isBlock(event: SandboxEvent): boolean {
  return taskOf(event) !== undefined;
}

export function blocksOf(world: World, taskId: string): SandboxEvent[] {
  return allEvents(world).filter((event) => taskOf(event) === taskId);
}

/** What a task's block must not be over. */
export function busyEvents(world: World, taskId: string): SandboxEvent[] {
  return allEvents(world).filter((event) => taskOf(event) !== taskId);
}

/** Epoch milliseconds. */
export function timesOf(event: SandboxEvent): [number, number] {
  const { start, end } = event as { start?: { dateTime?: string }; end?: { dateTime?: string } };
  return [Date.parse(start?.dateTime ?? ''), Date.parse(end?.dateTime ?? '')];
}

/** The work items that link to a task. */
export function workItemsOf(world: World, taskId: string): number[] {
  return world.sandbox.azureDevOps
    .testUser()
    .all()
    .filter(({ relations }) => JSON.stringify(relations).includes(taskId))
    .map(({ id }) => id);
}
