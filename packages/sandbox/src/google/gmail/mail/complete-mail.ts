import type { SendAsAddresses } from '../mailbox/send-as.ts';
import { addressesIn } from './address-list.ts';
import { headerOf, isNamed, readEntity, splitEntity } from './headers.ts';
import { type Octets, utf8Octets } from './octets.ts';

/** What every mail has, for a mail that comes without. */
export interface Completion {
  /** With its angle brackets. */
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Adds Date and Message-ID where they are missing. Everything else stays octet by octet. */
export function addMissing(source: Octets, { messageId, now }: Completion): Octets {
  const { headers } = readEntity(source);
  const date = headerOf(headers, 'date') === undefined ? `Date: ${mailDate(now)}\r\n` : '';
  const id = headerOf(headers, 'message-id') === undefined ? `Message-ID: ${messageId}\r\n` : '';
  return date + id + source;
}

/** Puts the default address into From if From is missing, or names an address that isn't the user's or isn't verified. */
export function setSender(source: Octets, sendAs: SendAsAddresses): Octets {
  const [sender, ...others] = addressesIn(readEntity(source).headers, 'from');
  if (sender !== undefined && others.length === 0 && sendAs.isUsable(sender)) return source;
  return `From: ${utf8Octets(sendAs.default.sendAsEmail)}\r\n${withoutHeader(source, 'from')}`;
}

/** The mail without the fields of that name, their folded lines too. */
export function withoutHeader(source: Octets, name: string): Octets {
  const { head, body } = splitEntity(source);
  const kept = foldedFields(head).filter((field) => {
    const [fieldName = ''] = field.split(':');
    return !isNamed({ name: fieldName.trim(), value: '' }, name);
  });
  // Not joined with the body, which may be 35 MiB: that would copy it.
  return `${kept.map((field) => `${field}\r\n`).join('')}\r\n${body}`;
}

/** The fields of a header section with their folds. */
function foldedFields(head: Octets): Octets[] {
  return head === '' ? [] : head.split(/\r\n(?![ \t])/);
}

/** A date as RFC 5322 writes it, in UTC. */
export function mailDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
