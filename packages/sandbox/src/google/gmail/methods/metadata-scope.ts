import { GMAIL_METHODS } from '../../api/discovered.ts';
import { scopeUrls } from '../../api/method.ts';
import { permissionDenied } from '../failures.ts';
import type { GmailCall } from './gmail-call.ts';

/** What opens attachments shows bodies. */
const BODY_SCOPES = scopeUrls(GMAIL_METHODS['messages.attachments.get'].scopes);

/** `gmail.metadata` alone shows no bodies. */
export function refuseBodies(call: GmailCall, format: string): void {
  if (isMetadataOnly(call) && (format === 'full' || format === 'raw')) {
    throw permissionDenied(`Metadata scope doesn't allow format ${format.toUpperCase()}`);
  }
}

/** `gmail.metadata` alone does not search. */
export function refuseSearch(call: GmailCall): void {
  if (isMetadataOnly(call) && call.request.query.has('q')) {
    throw permissionDenied("Metadata scope does not support 'q' parameter");
  }
}

function isMetadataOnly({ scopes }: GmailCall): boolean {
  return !BODY_SCOPES.some((scope) => scopes.includes(scope));
}
