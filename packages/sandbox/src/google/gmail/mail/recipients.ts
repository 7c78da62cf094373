import { readAddressList } from './address-list.ts';
import { headersNamed, type MailHeader } from './headers.ts';

/** Everybody in To, Cc and Bcc, in this order, each address once. */
export function recipientsOf(headers: readonly MailHeader[]): string[] {
  const addresses = ['to', 'cc', 'bcc'].flatMap((name) => addressesIn(headers, name));
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

/** The addresses of every field of that name. */
export function addressesIn(headers: readonly MailHeader[], name: string): string[] {
  return headersNamed(headers, name).flatMap(({ value }) => readAddressList(value) ?? []);
}
