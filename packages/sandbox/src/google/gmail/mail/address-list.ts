import { type AddressToken, addressTokens } from './address-tokens.ts';
import { headersNamed, type MailHeader } from './headers.ts';
import { decodeText, isUtf8, type Octets } from './octets.ts';

const EIGHT_BIT = /[\u0080-\u00ff]/;
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u00ff-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u0080-\u00ff-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$|^\[[^[\]]+\]$/i;

/**
 * The addresses of a To, Cc, Bcc or From field (RFC 5322, groups too), in the order in which they come; undefined if
 * it is no address list. A domain needs a dot: Gmail is known to refuse `human@f`. A local part may be UTF-8 (RFC 6532),
 * and its domain with it; a domain behind a local part in ASCII may not, and a name never.
 */
export function readAddressList(value: Octets): string[] | undefined {
  const tokens = addressTokens(value);
  if (!tokens) return undefined;
  const addresses: string[] = [];
  for (const item of listItems(tokens)) {
    const read = readItem(item);
    if (!read) return undefined;
    addresses.push(...read);
  }
  return addresses;
}

/** What stands between commas outside groups and angle brackets; empty items, which RFC 5322 puts up with, are left out. */
function listItems(tokens: readonly AddressToken[]): AddressToken[][] {
  const items: AddressToken[][] = [[]];
  let inGroup = false;
  for (const token of tokens) {
    if (isSpecial(token, ':')) inGroup = true;
    if (isSpecial(token, ';')) inGroup = false;
    if (isSpecial(token, ',') && !inGroup) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

function readItem(item: readonly AddressToken[]): string[] | undefined {
  const colon = item.findIndex((token) => isSpecial(token, ':'));
  if (colon !== -1) return readGroup(item, colon);
  const open = item.findIndex((token) => isSpecial(token, '<'));
  const address = open === -1 ? readAddress(item) : readAngleAddress(item, open);
  return address === undefined ? undefined : [address];
}

/** `Undisclosed recipients:;` and its like. */
function readGroup(item: readonly AddressToken[], colon: number): string[] | undefined {
  const last = item.at(-1);
  if (!isPhrase(item.slice(0, colon)) || !last || !isSpecial(last, ';')) return undefined;
  const members = listItems(item.slice(colon + 1, -1)).map(readItem);
  return members.some((member) => member === undefined)
    ? undefined
    : members.flatMap((member) => member ?? []);
}

function readAngleAddress(item: readonly AddressToken[], open: number): string | undefined {
  const last = item.at(-1);
  if (!last || !isSpecial(last, '>') || !isPhrase(item.slice(0, open))) return undefined;
  return readAddress(item.slice(open + 1, -1));
}

function readAddress(tokens: readonly AddressToken[]): string | undefined {
  const [local, at, host] = tokens;
  if (tokens.length !== 3 || !local || !at || !host || !isSpecial(at, '@')) return undefined;
  if (local.kind === 'special' || (local.kind === 'word' && !LOCAL_PART.test(local.text))) return undefined;
  if (host.kind !== 'word' || !DOMAIN.test(asciiDomain(local.text, host.text))) return undefined;
  if (!isUtf8(local.text + host.text)) return undefined;
  return decodeText(`${local.text}@${host.text}`);
}

/** For the domain's pattern: what is UTF-8 in the domain of such an address counts as letters. */
function asciiDomain(local: Octets, host: Octets): string {
  return EIGHT_BIT.test(local) ? host.replace(/[\u0080-\u00ff]/g, 'x') : host;
}

/** A display name: words and quoted strings in ASCII. */
function isPhrase(tokens: readonly AddressToken[]): boolean {
  return tokens.every(({ kind, text }) => kind !== 'special' && !EIGHT_BIT.test(text));
}

function isSpecial(token: AddressToken, text: string): boolean {
  return token.kind === 'special' && token.text === text;
}

/** Everyone in To, Cc and Bcc, in this order, each address once. */
export function recipientsOf(headers: readonly MailHeader[]): string[] {
  const addresses = ['to', 'cc', 'bcc'].flatMap((name) => addressesIn(headers, name));
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

/** The addresses of every field of that name. */
export function addressesIn(headers: readonly MailHeader[], name: string): string[] {
  return headersNamed(headers, name).flatMap(({ value }) => readAddressList(value) ?? []);
}
