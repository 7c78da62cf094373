import { textOf } from '@context-sdk/oauth-core/client-kit';
import type { Message } from '../messages/message.ts';
import type { Mail } from '../mime/mail.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import { parseAddresses } from '../reading/parse-addresses.ts';
import { readHeaders } from '../reading/read-part.ts';
import type { SendAs } from '../settings/resources.ts';
import { defaultOf, isUsable } from '../settings/send-as.ts';
import { mailboxKey } from './own-addresses.ts';
import { writableAddresses } from './writable-address.ts';

/**
 * The address that a reply comes from: that of the user's which sent the mail, or else received it, in To before Cc before
 * `Delivered-To`; otherwise the default.
 */
export function replyingAlias(
  { message, mail }: { message: Message; mail: ReadMail },
  addresses: readonly SendAs[],
): SendAs {
  const usable = addresses.filter(isUsable);
  const delivered = readHeaders(message.payload?.headers)
    .filter(({ name }) => /^(?:delivered-to|x-original-to)$/i.test(name))
    .flatMap(({ value }) => parseAddresses(value));
  const seen = [...(mail.from ? [mail.from] : []), ...mail.to, ...mail.cc, ...delivered];
  for (const { address } of seen) {
    const found =
      usable.find(({ sendAsEmail }) => sendAsEmail.toLowerCase() === address.toLowerCase()) ??
      usable.find(({ sendAsEmail }) => mailboxKey(sendAsEmail) === mailboxKey(address));
    if (found !== undefined) return found;
  }
  return defaultOf(addresses);
}

/**
 * From, with the alias' name, and Reply-To if the alias has one, as far as a mail can carry them: other programs may have
 * written them. Without a name, Gmail adds the account's.
 */
export function fromOf({ sendAsEmail, displayName, replyToAddress }: SendAs): Pick<Mail, 'from' | 'replyTo'> {
  const plain = { name: textOf(displayName) ?? '', address: sendAsEmail };
  const [from = plain] = writableAddresses([plain]);
  const [replyTo] = writableAddresses(parseAddresses(textOf(replyToAddress) ?? ''));
  return replyTo === undefined ? { from } : { from, replyTo };
}
