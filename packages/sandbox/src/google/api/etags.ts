import type { ServiceRequest } from '../../http/service.ts';
import { conditionNotMet } from './failures.ts';
import type { GoogleCall } from './method.ts';

/*
 * Every resource of Calendar has an etag: https://developers.google.com/workspace/calendar/api/guides/version-resources
 */

/** Throws a 412 if `If-Match` names another state of the resource. */
export function checkIfMatch({ request }: GoogleCall, etag: string): void {
  const header = request.headers.get('if-match');
  if (header !== null && !names(header, etag)) throw conditionNotMet();
}

/** Whether `If-None-Match` of a read names the resource's present state. */
export function isUnchanged({ method, headers }: ServiceRequest, etag: string): boolean {
  const header = headers.get('if-none-match');
  return method === 'GET' && header !== null && names(header, etag);
}

function names(header: string, etag: string): boolean {
  const etags = new Set(header.split(',').map((one) => one.trim()));
  return etags.has('*') || etags.has(etag);
}
