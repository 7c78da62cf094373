import { deleted } from '../../api/failures.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import { notifyGuests } from './notify-guests.ts';
import type { Writer } from './writer.ts';

/** Cancels an event; its id stays taken, and an update can bring it back. A second time it answers 410. */
export function deleteEvent(writer: Writer, event: StoredEvent): void {
  if (event.status === 'cancelled') throw deleted();
  event.status = 'cancelled';
  writer.calendar.save(event);
  notifyGuests(writer, event, 'cancellation');
}
