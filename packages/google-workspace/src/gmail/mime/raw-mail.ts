import { invalid } from '../errors.ts';
import { compose } from './compose.ts';
import type { Mail } from './mail.ts';

/** A mail that exists already, as RFC 5322 text: for a migration, byte by byte. */
export interface RawMail {
  raw: string | Uint8Array;
  /** The thread to add it to. */
  threadId?: string | undefined;
}

/** Bytes that `messages.import` and `messages.insert` take at most: 150 MiB, `maxSize` in the discovery document. */
const MAX_BYTES = 157_286_400;

/** The bytes of a mail that is composed, or given as it is. */
export async function mailBytes(mail: Mail | RawMail, signal?: AbortSignal): Promise<Uint8Array> {
  if (typeof mail !== 'object' || mail === null) throw invalid('mail', 'is not an object');
  if (!('raw' in mail)) return await compose(mail, signal);
  const unknown = Object.keys(mail).find((name) => name !== 'raw' && name !== 'threadId');
  if (unknown !== undefined) throw invalid(unknown, 'is not a field of a raw mail');
  const { raw } = mail;
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
  if (!(bytes instanceof Uint8Array)) throw invalid('raw', 'is neither text nor bytes');
  if (bytes.byteLength === 0) throw invalid('raw', 'is empty');
  if (bytes.byteLength > MAX_BYTES)
    throw invalid('raw', `is larger than the ${MAX_BYTES} bytes that Gmail accepts`);
  return bytes;
}
