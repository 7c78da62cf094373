import { isJsonObject, type JsonObject } from '../../../json.ts';
import { readBody } from '../../api/read-call.ts';
import { invalidArgument, uploadTooLarge } from '../failures.ts';
import { mailProblems } from '../mail/check-mail.ts';
import { mendMail } from '../mail/mend-mail.ts';
import { decodeBase64url, type Octets } from '../mail/octets.ts';
import type { Outgoing } from '../mailbox/drafts.ts';
import type { GmailCall } from '../methods/gmail-call.ts';
import { readUpload } from './read-upload.ts';

/** 35 MiB, and 150 MiB for mails that are inserted as they are: by the discovery document. */
const MAX_MAIL_BYTES = { checked: 36_700_160, 'as-it-is': 157_286_400 } as const;

/** What an app hands in: a resource as JSON, and a mail in it or beside it. */
export interface ReadMail {
  readonly resource: JsonObject;
  /** Undefined if none came. */
  readonly mail: Outgoing | undefined;
}

/**
 * Reads a Message, or with `message` the message of a Draft; 400 if there is no mail, 413 if it is too large. A mail that is
 * inserted was sent by whatever program: it is taken as it is.
 */
export function readMail(
  call: GmailCall,
  field?: 'message',
  rules: keyof typeof MAX_MAIL_BYTES = 'checked',
): ReadMail {
  const isUpload = /^\/(?:resumable\/)?upload\//.test(call.request.path);
  const { resource, media } = isUpload
    ? readUpload(call.request)
    : { resource: readBody(call), media: undefined };
  const message = field === undefined ? resource : readObject(resource, field);
  const source = media ?? readRaw(message, field === undefined ? 'raw' : `${field}.raw`);
  if (source === undefined) return { resource, mail: undefined };
  if (source.length > MAX_MAIL_BYTES[rules]) throw uploadTooLarge();
  const accepted = rules === 'checked' ? checkedMail(call, source) : source;
  return { resource, mail: { source: accepted, threadId: readThreadId(message) } };
}

/** The mail as Gmail keeps it. By the strict rules, what it mends is reported. */
function checkedMail({ mailRules, report }: GmailCall, raw: Octets): Octets {
  if (mailRules === 'strict') mailProblems(raw).forEach(report);
  const { source, refusal } = mendMail(raw);
  if (refusal !== undefined) throw invalidArgument(refusal);
  return source;
}

function readObject(resource: JsonObject, field: string): JsonObject {
  const value = resource[field] ?? {};
  if (!isJsonObject(value)) throw invalidArgument(`Invalid value at '${field}'`);
  return value;
}

function readRaw({ raw = '' }: JsonObject, place: string): Octets | undefined {
  if (raw === '' || raw === null) return undefined;
  const source = typeof raw === 'string' ? decodeBase64url(raw) : undefined;
  if (source === undefined) {
    const shown = JSON.stringify(raw).slice(0, 60);
    throw invalidArgument(`Invalid value at '${place}' (TYPE_BYTES), Base64 decoding failed for ${shown}`);
  }
  return source;
}

function readThreadId({ threadId }: JsonObject): string | undefined {
  if (threadId === undefined || threadId === null) return undefined;
  if (typeof threadId !== 'string') throw invalidArgument('Invalid thread_id value');
  return threadId;
}
