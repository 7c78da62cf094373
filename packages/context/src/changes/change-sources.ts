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
