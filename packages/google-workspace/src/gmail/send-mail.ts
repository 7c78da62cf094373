import { omitUndefined, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import type { LibraryParams } from '../wire.ts';
import { checkFrom } from './check-from.ts';
import { compose } from './mime/compose.ts';
import type { Mail } from './mime/mail.ts';
import { mailBytes, type RawMail } from './mime/raw-mail.ts';
import type { GmailCall, GmailOperationName } from './operations.ts';
import type { OnUploadProgress } from './upload/resumable-upload.ts';
import type { MailRequest } from './wire.ts';

/** Bytes of a message that are still sent as JSON; Google advises against more. */
const MAX_JSON_BYTES = 5_000_000;
/** Milliseconds that any request may take. */
const TIMEOUT_MS = 30_000;
/** A slow line: 256 KiB a second. */
const UPLOAD_BYTES_PER_SECOND = 262_144;

/** A message as Google's methods accept it. */
interface WireMail {
  /** base64url; absent in an upload, which carries the message beside the JSON. */
  raw?: string;
  threadId?: string;
}

/** Which of Google's methods accepts the message, and how. */
export interface MailTarget {
  name: GmailOperationName;
  params?: LibraryParams;
  /** Told of an upload's progress; makes it one that goes on after a cut. */
  onProgress?: OnUploadProgress | undefined;
  /** Whether From was taken from the user's addresses. */
  knowsFrom?: boolean;
  /** The request's JSON with the message in it. */
  bodyOf: (mail: WireMail) => object;
}

/** Composes a message of the user's and sends it to Gmail: as JSON, or as an upload if it is large. */
export async function sendMail(call: GmailCall, mail: Mail, target: MailTarget): Promise<ServiceResponse> {
  const bytes = await compose(mail, call.signal);
  if (target.knowsFrom !== true) await checkFrom(call, mail);
  return await sendBytes(call, bytes, mail, target);
}

/** Puts a mail of anybody's into the mailbox, composed or as it is. */
export async function addMail(
  call: GmailCall,
  mail: Mail | RawMail,
  target: MailTarget,
): Promise<ServiceResponse> {
  return await sendBytes(call, await mailBytes(mail, call.signal), mail, target);
}

async function sendBytes(
  call: GmailCall,
  bytes: Uint8Array,
  { threadId }: Pick<Mail, 'threadId'>,
  { name, params = {}, bodyOf, onProgress }: MailTarget,
): Promise<ServiceResponse> {
  if (bytes.byteLength > MAX_JSON_BYTES) {
    if (onProgress !== undefined) {
      const json = bodyOf(omitUndefined({ threadId }));
      const { uploadInPieces } = await import('./upload/resumable-upload.ts');
      return await uploadInPieces(call, name, { params, json, bytes }, onProgress);
    }
    const request: MailRequest = { params, json: bodyOf(omitUndefined({ threadId })), upload: bytes };
    const uploadMs = Math.ceil(bytes.byteLength / UPLOAD_BYTES_PER_SECOND) * 1000;
    return await call.send(name, request, { timeoutMs: TIMEOUT_MS + uploadMs });
  }
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
  return await call.send(name, { params, json: bodyOf(omitUndefined({ raw, threadId })) });
}
