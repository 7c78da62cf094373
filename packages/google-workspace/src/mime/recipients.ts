import { checkedAddress, type Mailbox } from './address.ts';
import type { Address, Mail } from './mail.ts';
import { refused } from './refused.ts';

/** Gmail's own limit per mail. https://developers.google.com/workspace/gmail/api/reference/quota */
const MOST = 500;

/** The address fields of a mail; lists are empty where nothing was given. */
export interface Recipients {
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
}

/** One address or a list of them. Throws {@link InvalidRequestError} naming the one that is none, such as `to[1]`. */
export function checkedAddresses(input: Address | readonly Address[] | undefined, field: string): Mailbox[] {
  if (input === undefined) return [];
  if (!isList(input)) return [checkedAddress(input, field)];
  return input.map((address, index) => checkedAddress(address, `${field}[${index}]`));
}

function isList(input: Address | readonly Address[]): input is readonly Address[] {
  return Array.isArray(input);
}

/** Everybody whom the mail goes to. */
export function checkedRecipients({ to, cc, bcc }: Mail): Recipients {
  const recipients = {
    to: checkedAddresses(to, 'to'),
    cc: checkedAddresses(cc, 'cc'),
    bcc: checkedAddresses(bcc, 'bcc'),
  };
  let count = 0;
  for (const [field, list] of Object.entries(recipients)) {
    count += list.length;
    if (count > MOST) throw refused(field, `makes ${count} recipients; Gmail takes at most ${MOST}`);
  }
  return recipients;
}
