import { MissingScopeError } from '@context-sdk/oauth-core/errors';
import { invalid } from './errors.ts';
import { checkedAddress } from './mime/address.ts';
import type { Mail } from './mime/mail.ts';
import type { GmailCall } from './operations.ts';
import type { SendAs } from './settings/resources.ts';
import { isUsable, readSendAs } from './settings/send-as.ts';

/**
 * Refuses a From that Gmail would replace with the default address without a word. Gmail tells only grants that may
 * read settings; with `gmail.compose` or `gmail.send` alone, nothing is checked.
 */
export async function checkFrom(call: GmailCall, { from }: Pick<Mail, 'from'>): Promise<void> {
  if (from === undefined) return;
  const { address } = checkedAddress(from, 'from');
  let addresses: SendAs[];
  try {
    addresses = await readSendAs(call);
  } catch (error) {
    if (error instanceof MissingScopeError) return;
    throw error;
  }
  const alias = addresses.find(({ sendAsEmail }) => sendAsEmail.toLowerCase() === address.toLowerCase());
  if (alias === undefined) {
    throw invalid('from', "is no address of the user's: Gmail would send from the default one instead");
  }
  if (!isUsable(alias)) {
    throw invalid('from', 'is an alias that is not verified yet: Gmail would send from the default address');
  }
}
