import { DAY_MS } from '../../../time/clock.ts';
import { headersNamed, headerText } from '../mail/headers.ts';
import { allParts, readMime } from '../mail/mime-part.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Message } from '../mailbox/message.ts';

/** Whether a mail fits a value of an operator. */
type Condition = (message: Message, value: string, mailbox: Mailbox) => boolean;

/** The operators of https://support.google.com/mail/answer/7190; times without a zone are in UTC. */
export const CONDITIONS: Readonly<Record<string, Condition>> = {
  from: inHeaders('from'),
  // By FilterCriteria.to in the discovery document.
  to: inHeaders('to', 'cc', 'bcc'),
  cc: inHeaders('cc'),
  bcc: inHeaders('bcc'),
  deliveredto: inHeaders('delivered-to'),
  list: inHeaders('list-id', 'list-post'),
  subject: inHeaders('subject'),
  rfc822msgid: ({ thread }, value) => thread.messageId?.replace(/[<>]/g, '') === value.replace(/[<>]/g, ''),
  label: hasLabel,
  in: isIn,
  is: (message, value, mailbox) =>
    value === 'read' ? !message.labelIds.has('UNREAD') : hasLabel(message, value, mailbox),
  has,
  filename: ({ source }, value) =>
    filenamesOf(source).some((name) => name.includes(value.toLowerCase().replace(/^\*/, ''))),
  category: ({ labelIds }, value) =>
    value === 'primary'
      ? ![...labelIds].some((id) => id.startsWith('CATEGORY_') && id !== 'CATEGORY_PERSONAL')
      : labelIds.has(`CATEGORY_${value.toUpperCase()}`),
  larger: ({ source }, value) => source.length > bytesOf(value),
  smaller: ({ source }, value) => source.length < bytesOf(value),
  size: ({ source }, value) => source.length > bytesOf(value),
  after: ({ internalDate }, value) => internalDate >= timeOf(value),
  newer: ({ internalDate }, value) => internalDate >= timeOf(value),
  before: ({ internalDate }, value) => internalDate < timeOf(value),
  older: ({ internalDate }, value) => internalDate < timeOf(value),
  newer_than: ({ internalDate }, value, mailbox) => internalDate >= mailbox.now() - ageOf(value),
  older_than: ({ internalDate }, value, mailbox) => internalDate < mailbox.now() - ageOf(value),
};

function inHeaders(...names: string[]): Condition {
  return ({ headers }, value, { settings }) => {
    const wanted = value.toLowerCase() === 'me' ? settings.sendAs.all.map((one) => one.sendAsEmail) : [value];
    return names
      .flatMap((name) => headersNamed(headers, name))
      .some((header) => wanted.some((one) => contains(headerText(header.value), one)));
  };
}

/** By its name, or by its id. In a search, spaces and `/` are written as `-`. */
function hasLabel({ labelIds }: Message, value: string, { labels }: Mailbox): boolean {
  const id = labels.findByName(value);
  return labelIds.has(value) || (id !== undefined && labelIds.has(id));
}

const PLACES: Readonly<Record<string, string>> = { drafts: 'DRAFT', important: 'IMPORTANT', chats: 'CHAT' };

function isIn(message: Message, value: string, mailbox: Mailbox): boolean {
  const place = value.toLowerCase();
  if (place === 'anywhere') return true;
  if (place === 'read') return !message.labelIds.has('UNREAD');
  if (place === 'archive') {
    return !['INBOX', 'TRASH', 'SPAM', 'DRAFT', 'SENT'].some((id) => message.labelIds.has(id));
  }
  return hasLabel(message, PLACES[place] ?? place, mailbox);
}

function has({ source, labelIds }: Message, value: string): boolean {
  const labels = [...labelIds].filter((id) => id.startsWith('Label_'));
  if (value === 'attachment') return filenamesOf(source).length > 0;
  if (value === 'userlabels') return labels.length > 0;
  return value === 'nouserlabels' && labels.length === 0;
}

function filenamesOf(source: string): string[] {
  return allParts(readMime(source)).flatMap(({ filename }) =>
    filename === '' ? [] : filename.toLowerCase(),
  );
}

export function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

/** Seconds since the epoch, or `2026/11/22` (midnight UTC). */
function timeOf(value: string): number {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return /^\d{4}[/-]\d{1,2}[/-]\d{1,2}$/.test(value) ? Date.parse(value.replaceAll('/', '-')) : Number.NaN;
}

const UNITS: Readonly<Record<string, number>> = {
  h: DAY_MS / 24,
  d: DAY_MS,
  m: 30 * DAY_MS,
  y: 365 * DAY_MS,
};

/** `7d`, `2m`, `1y`. */
function ageOf(value: string): number {
  const [, count, unit = ''] = /^(\d+)([hdmy])$/.exec(value) ?? [];
  return Number(count) * (UNITS[unit] ?? Number.NaN);
}

/** `10M`, `500K`, or bytes. */
function bytesOf(value: string): number {
  const [, count, unit = ''] = /^(\d+)([km]?)b?$/i.exec(value) ?? [];
  const factor = { k: 1024, m: 1_048_576 }[unit.toLowerCase()] ?? 1;
  return Number(count) * factor;
}
