import type { MailAddress } from '../reading/parse-addresses.ts';
import { writableAddresses } from './writable-address.ts';

/** Who had to do with a mail. */
export interface Correspondents {
  from: MailAddress | undefined;
  replyTo: readonly MailAddress[];
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
}

/** Whom a reply is for. */
export interface ReplyRecipients {
  to: MailAddress[];
  cc: MailAddress[];
}

/**
 * Whom a reply goes to. To an own mail: those whom it went to. To any other: those in Reply-To, else in From. With `all`, the
 * others of To and Cc are in Cc (RFC 5322 §3.6.3). The user's own addresses are left out unless nobody else remains, and
 * so are addresses that nothing can be sent to.
 */
export function replyRecipients(
  mail: Correspondents,
  isOwn: (address: string) => boolean,
  all: boolean,
): ReplyRecipients {
  const others = (list: readonly MailAddress[]): MailAddress[] =>
    list.filter(({ address }) => !isOwn(address));
  const from = mail.from ? [mail.from] : [];
  const replyTo = writableAddresses(mail.replyTo);
  const isSent = mail.from !== undefined && isOwn(mail.from.address);
  const answered = firstFilled(
    ...(isSent ? [others(mail.to), others(mail.cc), others(replyTo)] : [others(replyTo), from]),
    mail.to,
    from,
  );
  const to = distinct(writableAddresses(answered));
  const rest = isSent ? mail.cc : [...mail.to, ...mail.cc];
  const cc = all ? distinct(writableAddresses(others(rest)), to) : [];
  return { to, cc };
}

function firstFilled(...lists: readonly (readonly MailAddress[])[]): readonly MailAddress[] {
  return lists.find((list) => list.length > 0) ?? [];
}

/** Each address once, and none of `before`. */
function distinct(list: readonly MailAddress[], before: readonly MailAddress[] = []): MailAddress[] {
  const seen = new Set(before.map(({ address }) => address.toLowerCase()));
  return list.filter(({ address }) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
