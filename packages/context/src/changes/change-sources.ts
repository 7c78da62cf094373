import type { ChangeSource } from './change-source.ts';
import { calendarSource } from './sources/calendar-source.ts';
import { gmailSource } from './sources/gmail-source.ts';
import { tickTickSource } from './sources/ticktick-source.ts';
import { workItemSource } from './sources/work-item-source.ts';

/** All sources of changes. Each stores pushes and positions of a type that no other code reads. */
export const CHANGE_SOURCES = [
  tickTickSource,
  calendarSource,
  gmailSource,
  workItemSource,
] as unknown as readonly ChangeSource[];

/** The source that the key of a push names in its third part. */
export function sourceOfKey(key: string): ChangeSource | undefined {
  return CHANGE_SOURCES.find(({ service }) => service === key.split('/')[2]);
}
