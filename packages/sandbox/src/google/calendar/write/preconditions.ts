import { conditionNotMet } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { etagOf, type StoredEvent } from '../store/stored-event.ts';

/** Throws 412 where `If-Match` names another state of the event. */
export function checkIfMatch({ request }: GoogleCall, event: StoredEvent): void {
  const header = request.headers.get('if-match');
  if (header !== null && !names(header, event)) throw conditionNotMet();
}

/** Whether `If-None-Match` names the event's present state. */
export function isUnchanged({ request }: GoogleCall, event: StoredEvent): boolean {
  const header = request.headers.get('if-none-match');
  return header !== null && names(header, event);
}

function names(header: string, event: StoredEvent): boolean {
  const etags = new Set(header.split(',').map((etag) => etag.trim()));
  return etags.has('*') || etags.has(etagOf(event));
}
