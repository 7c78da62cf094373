import { GmailClient, type Mail } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import PostalMime, { type Email } from 'postal-mime';
import { answering, type SentRequest } from '../support/answering.ts';

/** A mail as it left the client. */
export interface Composed {
  bytes: Buffer;
  /** Octet by octet as latin1. */
  text: string;
  /** Header fields with their folds undone, as they are on the wire. */
  fields: string[];
  parsed: Email;
}

/** What the client sends for a mail, read back with postal-mime. */
export async function composed(mail: Partial<Mail>): Promise<Composed> {
  const { fetch, requests } = answering({ id: 'draft', sendAs: [{ sendAsEmail: 'alias@example.org' }] });
  const client = new GmailClient({ auth: 'token', fetch, limits: [], rateLimiter: memoryRateLimiter() });
  await client.drafts.create({ subject: 'Subject', ...mail });
  const bytes = draftIn(requests.at(-1));
  const text = bytes.toString('latin1');
  const [head = ''] = text.split('\r\n\r\n');
  const fields = head.replaceAll(/\r\n(?=[ \t])/g, '').split('\r\n');
  return { bytes, text, fields, parsed: await PostalMime.parse(bytes) };
}

/** The mail of a request that made a draft. */
export function draftIn(request: SentRequest | undefined): Buffer {
  const { message } = (request ?? { json: undefined }).json as { message: { raw: string } };
  return Buffer.from(message.raw, 'base64url');
}

/** How the client refuses a mail, and that it sent nothing. */
export async function refusal(mail: object): Promise<unknown> {
  const { fetch, requests } = answering({ id: 'draft' });
  const client = new GmailClient({ auth: 'token', fetch, limits: [] });
  const error = await failure(client.drafts.create({ subject: 'Subject', ...mail }));
  return requests.length === 0 ? error : new Error('The client sent it.');
}

/** The values of a field on the wire. */
export function valuesOf({ fields }: Composed, name: string): string[] {
  const start = `${name.toLowerCase()}:`;
  return fields
    .filter((field) => field.toLowerCase().startsWith(start))
    .map((field) => field.slice(start.length).trim());
}
