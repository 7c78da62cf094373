import type { SentMail } from '../store/calendar-data.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import { deliverCopies } from './invitations.ts';
import { notifyGuests, type Writer } from './writer.ts';

/** After a change was saved: guests get mail, and their copies. */
export function announceChange(writer: Writer, event: StoredEvent, kind: SentMail['kind']): void {
  notifyGuests(writer, event, kind);
  deliverCopies(writer, event);
}
