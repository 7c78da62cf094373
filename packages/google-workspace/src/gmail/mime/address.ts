import { invalid } from '../errors.ts';
import { headerText, looksEncoded } from './header-text.ts';
import { isMailDomain } from './mail-domain.ts';
import type { Address, Mail } from './mail.ts';

/** A name, which may be empty, and an address that is certainly one. */
export interface Mailbox {
  name: string;
  address: string;
}

/** The address fields of a message; a list is empty if the message has no such field. */
export interface Recipients {
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
}

/** Gmail's own limit per mail. https://developers.google.com/workspace/gmail/api/reference/quota */
const MAX_RECIPIENTS = 500;

/** Characters of a name or an address; RFC 5321 allows 254 of the latter. */
const MAX_NAME_LENGTH = 256;
const MAX_ADDRESS_LENGTH = 254;

/** `Ada <…>` or `"Lovelace, Ada" <…>`: a name with a special character needs quotes. */
export const NAMED_ADDRESS: RegExp =
  /^(?:\s*"(?<quoted>(?:[^"\\]|\\.)*)"\s*|(?<bare>[^"<>,;:@()[\]\\]*))<(?<address>[^<>]*)>\s*$/u;

/** A run of what may stand between the dots of a local part, in any script. The backtick is `\x60`. */
const ATOM = String.raw`[\p{L}\p{M}\p{N}!#$%&'*+/=?^_\x60{|}~-]+`;

/** Made on first use: V8 takes half a millisecond to read a literal with letters of any script, when it reads the file. */
let localPart: RegExp | undefined;

/** All recipients of a message. Throws {@link InvalidRequestError} naming the address that can't be right. */
export function checkedRecipients({ to, cc, bcc }: Mail): Recipients {
  const recipients = {
    to: checkedAddresses(to, 'to'),
    cc: checkedAddresses(cc, 'cc'),
    bcc: checkedAddresses(bcc, 'bcc'),
  };
  let count = 0;
  for (const [field, list] of Object.entries(recipients)) {
    count += list.length;
    if (count > MAX_RECIPIENTS) {
      throw invalid(field, `makes ${count} recipients; Gmail accepts at most ${MAX_RECIPIENTS}`);
    }
  }
  return recipients;
}

/** One address or a list. Throws {@link InvalidRequestError} naming the one that isn't an address, such as `to[1]`. */
export function checkedAddresses(input: Address | readonly Address[] | undefined, field: string): Mailbox[] {
  if (input === undefined) return [];
  if (!isList(input)) return [checkedAddress(input, field)];
  return input.map((address, index) => checkedAddress(address, `${field}[${index}]`));
}

function isList(input: Address | readonly Address[]): input is readonly Address[] {
  return Array.isArray(input);
}

/** Exactly one address. Throws {@link InvalidRequestError} for several, and for one that could be read as another. */
export function checkedAddress(input: Address, field: string): Mailbox {
  const { name, address } = typeof input === 'string' ? parseAddress(input, field) : fromObject(input, field);
  headerText(name, `${field}.name`, MAX_NAME_LENGTH);
  if (looksEncoded(name)) throw invalid(`${field}.name`, 'is an encoded word: give the name itself');
  if (headerText(address, field).length > MAX_ADDRESS_LENGTH) {
    throw invalid(field, `is longer than ${MAX_ADDRESS_LENGTH} characters`);
  }
  const at = address.lastIndexOf('@');
  if (!isLocalPart(address.slice(0, Math.max(at, 0))) || !isMailDomain(address.slice(at + 1))) {
    throw invalid(field, 'is not one email address');
  }
  // Readers decode it, and show, or answer to, another address.
  if (looksEncoded(address)) throw invalid(field, 'has an encoded word: give the address itself');
  return { name, address };
}

/** A dot-atom or a quoted string, neither containing what could be read as a second address. */
function isLocalPart(text: string): boolean {
  localPart ??= new RegExp(String.raw`^(?:${ATOM}(?:\.${ATOM})*|"[^"\\\s,;<>\p{C}]+")$`, 'u');
  return localPart.test(text);
}

function parseAddress(text: string, field: string): Mailbox {
  headerText(text, field);
  const { quoted, bare = '', address = text.trim() } = NAMED_ADDRESS.exec(text)?.groups ?? {};
  return { name: quoted?.replaceAll(/\\(.)/gu, '$1') ?? bare.trim(), address: address.trim() };
}

function fromObject(input: Exclude<Address, string>, field: string): Mailbox {
  if (typeof input !== 'object' || input === null) throw invalid(field, 'is not an email address');
  const { name = '', address } = input;
  return { name, address: headerText(address, `${field}.address`) };
}
