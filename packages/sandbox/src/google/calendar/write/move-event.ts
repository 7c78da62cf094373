import {
  deleted,
  duplicate,
  eventTypeRestriction,
  forbiddenForNonOrganizer,
  invalid,
  notFound,
} from '../../api/failures.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import { announceChange } from './announce-change.ts';
import { ownerOf } from './insert-event.ts';
import type { Writer } from './writer.ts';

/** Cancels an event; its id stays taken, and an update can bring it back. A second time it answers 410. */
export function deleteEvent(writer: Writer, event: StoredEvent): void {
  if (event.status === 'cancelled') throw deleted();
  event.status = 'cancelled';
  writer.calendar.save(event);
  announceChange(writer, event, 'cancellation');
}

/** Changes the organizer: the event leaves a cancelled one behind, and keeps its id on the other calendar. */
export function moveEvent(writer: Writer, event: StoredEvent, destination: CalendarData): StoredEvent {
  const { calendar } = writer;
  if (event.status === 'cancelled') throw notFound();
  if (event.series) throw invalid('Cannot move an instance of a recurring event.');
  if (eventTypeOf(event.fields) !== 'default') throw eventTypeRestriction('moved');
  if (event.organizer.email !== calendar.id) throw forbiddenForNonOrganizer();
  if (destination.id === calendar.id) throw invalid('The destination is the source.', 'destination');
  if ((destination.events.get(event.id)?.status ?? 'cancelled') !== 'cancelled') throw duplicate();
  const exceptions = [...calendar.events.values()].filter(({ series }) => series?.id === event.id);
  for (const exception of exceptions) {
    calendar.events.delete(exception.id);
    destination.save({ ...exception, organizer: ownerOf(destination) });
  }
  const moved = { ...event, organizer: ownerOf(destination), retired: new Map(event.retired) };
  destination.save(moved);
  event.status = 'cancelled';
  calendar.save(event);
  announceChange({ ...writer, calendar: destination }, moved, 'update');
  return moved;
}
