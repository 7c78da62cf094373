import { looksEncoded } from './encoded-words.ts';
import { headerText } from './header-text.ts';
import type { Address } from './mail.ts';
import { refused } from './refused.ts';

/** A name, which may be empty, and an address that is certainly one. */
export interface Mailbox {
  name: string;
  address: string;
}

/** Characters of a name or an address; RFC 5321 allows 254 of the latter. */
const LONGEST_NAME = 256;
const LONGEST_ADDRESS = 254;

/** `Ada <…>` or `"Lovelace, Ada" <…>`: a name with a special character has to stand in quotes. */
const NAMED = /^\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^"<>,;:@()[\]\\]*))\s*<(?<address>[^<>]*)>\s*$/u;

/** A dot-atom or a quoted string, both without what could be read as a second address. */
const LOCAL_PART =
  /^(?:[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*|"[^"\\\s,;<>\p{C}]+")$/u;
/** Gmail takes no domain without a dot. */
const DOMAIN = /^[\p{L}\p{M}\p{Nd}](?:[\p{L}\p{M}\p{Nd}-]*)(?:\.[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd}-]*)+$/u;

/** Exactly one address. Throws {@link InvalidRequestError} for none, several, or one that could be read as another. */
export function checkedAddress(input: Address, field: string): Mailbox {
  const { name, address } = typeof input === 'string' ? parsed(input, field) : apart(input, field);
  headerText(name, `${field}.name`, LONGEST_NAME);
  if (looksEncoded(name)) throw refused(`${field}.name`, 'is an encoded word: give the name itself');
  if (headerText(address, field).length > LONGEST_ADDRESS) {
    throw refused(field, `is longer than ${LONGEST_ADDRESS} characters`);
  }
  const at = address.lastIndexOf('@');
  if (!LOCAL_PART.test(address.slice(0, Math.max(at, 0))) || !DOMAIN.test(address.slice(at + 1))) {
    throw refused(field, 'is not one mail address');
  }
  return { name, address };
}

function parsed(text: string, field: string): Mailbox {
  headerText(text, field);
  const { quoted, bare = '', address = text.trim() } = NAMED.exec(text)?.groups ?? {};
  return { name: quoted?.replaceAll(/\\(.)/gu, '$1') ?? bare.trim(), address: address.trim() };
}

function apart(input: Exclude<Address, string>, field: string): Mailbox {
  if (typeof input !== 'object' || input === null) throw refused(field, 'is not a mail address');
  const { name = '', address } = input;
  return { name, address: headerText(address, `${field}.address`) };
}
