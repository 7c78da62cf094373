import { pagesOf } from '../../wire.ts';
import { SERVICE } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import type { CalendarEvent } from './event.ts';

/** The instance of a series that would start then; `undefined` if it has none. Pages before it may be empty. */
export async function instanceAt(
  call: CalendarCall,
  series: { calendarId: string; eventId: string },
  originalStart: string | undefined,
): Promise<CalendarEvent | undefined> {
  const params = { ...series, originalStart };
  for await (const page of pagesOf(SERVICE, call, 'events.instances', params)) {
    const items = page.member('items', []);
    const [first]: unknown[] = Array.isArray(items.value) ? items.value : items.list();
    if (first !== undefined) return items.part('0', first).object<CalendarEvent>({ id: 'string' });
  }
  return undefined;
}
