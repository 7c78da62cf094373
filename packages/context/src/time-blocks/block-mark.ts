import type { CalendarEvent } from '@context-sdk/google-workspace';

/** The private extended property that names the task for which an event blocks time. */
const NAME = 'contextSdkTask';

export function blockMark(taskId: string): Record<string, string> {
  return { [NAME]: taskId };
}

/** The id of the task for which an event blocks time, if it does. */
export function taskOfBlock({ extendedProperties }: CalendarEvent): string | undefined {
  return extendedProperties?.private?.[NAME];
}
