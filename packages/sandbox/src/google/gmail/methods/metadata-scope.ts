import { scopeUrls } from '../../api/method.ts';
import { permissionDenied } from '../failures.ts';
import type { GmailCall } from './gmail-call.ts';

const BODY_SCOPES = [
  'https://mail.google.com/',
  ...scopeUrls(
    'gmail.addons.current.message.action gmail.addons.current.message.readonly gmail.modify gmail.readonly',
  ),
];

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
