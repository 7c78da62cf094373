import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { checkedAddress } from '../mime/address.ts';
import { looksEncoded } from '../mime/header-text.ts';
import type { MailAddress } from '../reading/parse-addresses.ts';

const MAX_NAME_LENGTH = 256;

/** Received addresses as a mail can carry them: what can't be an address is left out, and so are names that can't be written. */
export function writableAddresses(list: readonly MailAddress[]): MailAddress[] {
  return list.flatMap(({ name, address }) => {
    const clean = cleanLine(name);
    const isName = clean.length <= MAX_NAME_LENGTH && !looksEncoded(clean);
    const one = { name: isName ? clean : '', address };
    try {
      checkedAddress(one, 'to');
      return [one];
    } catch (error) {
      if (error instanceof InvalidRequestError) return [];
      throw error;
    }
  });
}
