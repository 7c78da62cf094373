import { type Task, unreadFields, withUnreadFields } from '@context-sdk/ticktick-client';
import { copyOf } from '../../utils/copy-of.ts';
import type { ContextEvent } from '../context-event.ts';

/** What JSON doesn't keep of an event. */
export interface EventRest {
  /** The places of its task that can't be read: that they are absent says nothing. */
  unread?: readonly string[] | undefined;
}

/** A deep copy that says the same. */
export function copyOfEvent(event: ContextEvent): ContextEvent {
  return restored({ event: copyOf(event), ...restOf(event) }).event;
}

/** What has to be stored beside an event. */
export function restOf(event: ContextEvent): EventRest {
  const task = taskOf(event);
  const unread = task === undefined ? [] : unreadFields(task);
  return unread.length > 0 ? { unread } : {};
}

/** A stored event as it was. */
export function restored<Stored extends { event: ContextEvent } & EventRest>(stored: Stored): Stored {
  const task = taskOf(stored.event);
  if (task !== undefined) withUnreadFields(task, stored.unread ?? []);
  return stored;
}

/** Other kinds of data have nothing to be marked. */
function taskOf({ source, data }: ContextEvent): Task | undefined {
  return source === 'ticktick' && typeof data === 'object' && data !== null && 'id' in data
    ? (data as Task)
    : undefined;
}
