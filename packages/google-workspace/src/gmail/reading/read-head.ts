import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import type { MessageHeader } from '../messages/message.ts';
import { readMessageId, readMessageIds } from '../mime/message-ids.ts';
import { decodeWords } from './decode-words.ts';
import type { MailHead } from './mail-content.ts';
import { type MailAddress, parseAddresses } from './parse-addresses.ts';

/** Reads a header. `receivedAt` is in epoch milliseconds. */
export function readHead(headers: readonly MessageHeader[], receivedAt: number): MailHead {
  const all = (wanted: string): string[] =>
    headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
  const addresses = (name: string): MailAddress[] => all(name).flatMap(parseAddresses);
  const id = (name: string): string | undefined => readMessageId(all(name)[0] ?? '');
  return {
    from: addresses('from')[0] ?? addresses('sender')[0],
    to: addresses('to'),
    cc: addresses('cc'),
    replyTo: addresses('reply-to'),
    subject: cleanLine(decodeWords(cleanLine(all('subject')[0] ?? ''))),
    date: dateOf(all('date')[0]) ?? dateOf(receivedAt),
    messageId: id('message-id'),
    inReplyTo: id('in-reply-to'),
    references: readMessageIds(all('references').join(' ')),
    listUnsubscribe: all('list-unsubscribe')[0],
  };
}

/** Comments such as `(CET)` are no part of a date. */
function dateOf(value: string | number | undefined): Date | undefined {
  const date = new Date(
    typeof value === 'string' ? value.replaceAll(/\([^()]*\)/g, '') : (value ?? Number.NaN),
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}
