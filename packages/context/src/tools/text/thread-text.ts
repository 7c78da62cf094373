import type { Message, ReadMessage, ReadThread } from '@context-sdk/google-workspace';
import { fenced } from './fence.ts';
import { foreignText } from './foreign-text.ts';
import { line } from './line.ts';
import { ownWords } from './own-words.ts';
import { dayAndTime, type View } from './view.ts';

/** The latest mails of a thread that are shown. */
const MAILS = 5;
const BODY = 1500;
const DETAILED_BODY = 6000;

/** Characters of a name, and of an address, which has no more (RFC 5321 §4.5.3.1.3). */
const NAME = 60;
const ADDRESS = 254;

/** Who wrote what: the latest mails, without what they quote and without signatures. */
export function threadText({ id, messages }: ReadThread, view: View): string {
  const handle = view.handleOf({ kind: 'thread', id });
  const shown = view.detail ? messages : messages.slice(-MAILS);
  const earlier = messages.length - shown.length;
  const heading = line`${handle} ${messages.at(-1)?.mail.subject} (${messages.length} mails)`;
  const skipped = earlier > 0 ? [`${earlier} earlier mails: detail shows them`] : [];
  return [heading, ...skipped, ...shown.map((message) => mailText(message, view))].join('\n');
}

function mailText({ message, mail }: ReadMessage, { timeZone, detail }: View): string {
  const { from, to, date, attachments } = mail;
  const when = date === undefined ? '' : dayAndTime(date, timeZone);
  const recipients = to.slice(0, 5).map(personText).join(', ');
  return [
    `${line`${when} ${unsentOrGone(message)} from`} ${from ? personText(from) : ''} to ${recipients}`.trimEnd(),
    fenced(ownWords(mail), detail ? DETAILED_BODY : BODY),
    ...attachments.slice(0, 10).map(({ filename }) => line`attached: ${filename}`),
  ].join('\n');
}

const UNSENT_OR_GONE: Readonly<Record<string, string>> = {
  DRAFT: 'draft, not sent,',
  TRASH: 'in the trash,',
  SPAM: 'in spam,',
};

/** What a message of a conversation is that nobody has said there. Empty for all others. */
export function unsentOrGone({ labelIds }: Pick<Message, 'labelIds'>): string {
  const labels: readonly unknown[] = Array.isArray(labelIds) ? labelIds : [];
  return Object.entries(UNSENT_OR_GONE).find(([label]) => labels.includes(label))?.[1] ?? '';
}

/** Somebody, as a service names them. */
interface Person {
  name?: string | undefined;
  address?: string | undefined;
}

/** Name and address: a name alone may pretend to be another's. However long it is, it neither takes the address' place nor has one. */
export function personText({ name, address }: Person): string {
  const shown = foreignText(address, ADDRESS);
  const named = foreignText(foreignText(name).replaceAll(/[<>]/g, ''), NAME);
  return named === '' ? shown : `${named} <${shown}>`;
}

/** All of them, or the first ones and how many others there are. */
export function peopleText(people: readonly Person[], max: number): string {
  const more = people.length > max ? ` and ${people.length - max} more` : '';
  return `${people.slice(0, max).map(personText).join(', ')}${more}`;
}
