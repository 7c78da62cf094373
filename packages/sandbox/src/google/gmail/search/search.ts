import { headersNamed, headerText } from '../mail/headers.ts';
import { allParts, readMime } from '../mail/mime-part.ts';
import type { Message } from '../mailbox/message.ts';
import { plainText } from '../wire/snippet.ts';

/** What of a mailbox a list shows. */
export interface Selection {
  /** In the words of Gmail's search box. */
  readonly query: string;
  /** A mail has to have all of them. */
  readonly labelIds: readonly string[];
  readonly includeSpamTrash: boolean;
}

type Condition = (message: Message, value: string) => boolean;

const CONDITIONS: Readonly<Record<string, Condition>> = {
  from: inHeader('from'),
  to: inHeader('to'),
  cc: inHeader('cc'),
  bcc: inHeader('bcc'),
  subject: inHeader('subject'),
  rfc822msgid: ({ thread }, value) => thread.messageId?.replace(/[<>]/g, '') === value.replace(/[<>]/g, ''),
  label: hasLabel,
  in: (message, value) => value === 'anywhere' || hasLabel(message, value),
  is: (message, value) => (value === 'read' ? !hasLabel(message, 'unread') : hasLabel(message, value)),
  has: ({ source }, value) =>
    value === 'attachment' && allParts(readMime(source)).some(({ filename }) => filename !== ''),
  after: ({ internalDate }, value) => internalDate >= timeOf(value),
  before: ({ internalDate }, value) => internalDate < timeOf(value),
};

/** The mails that a list shows, newest first. */
export function search(messages: Iterable<Message>, selection: Selection): Message[] {
  const terms = parseQuery(selection.query);
  const hidden = selection.includeSpamTrash ? [] : hiddenLabels(selection, terms);
  return [...messages]
    .filter(
      (message) =>
        selection.labelIds.every((label) => message.labelIds.has(label)) &&
        !hidden.some((label) => message.labelIds.has(label)) &&
        terms.every((term) => meets(message, term)),
    )
    .toSorted((a, b) => b.internalDate - a.internalDate || b.historyId - a.historyId);
}

function meets(message: Message, { negated, operator, value }: SearchTerm): boolean {
  const condition = operator === undefined ? undefined : CONDITIONS[operator];
  const isMet = condition
    ? condition(message, value)
    : inText(message, operator === undefined ? value : `${operator}:${value}`);
  return isMet !== negated;
}

/** Spam and the bin, unless they are asked for by name. */
function hiddenLabels({ labelIds }: Selection, terms: readonly SearchTerm[]): string[] {
  const named = terms.filter(({ operator }) => operator === 'in' || operator === 'label');
  const asked = new Set([...labelIds, ...named.map(({ value }) => value.toUpperCase())]);
  return asked.has('ANYWHERE') ? [] : ['SPAM', 'TRASH'].filter((label) => !asked.has(label));
}

function inHeader(name: string): Condition {
  return ({ headers }, value) =>
    headersNamed(headers, name).some((header) => contains(headerText(header.value), value));
}

function inText({ headers, source }: Message, value: string): boolean {
  const inHeaders = ['subject', 'from', 'to'].some((name) =>
    headersNamed(headers, name).some((header) => contains(headerText(header.value), value)),
  );
  return inHeaders || contains(plainText(source), value);
}

function hasLabel({ labelIds }: Message, value: string): boolean {
  return labelIds.has(value.toUpperCase());
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

/** Seconds since the epoch, or `2026/11/22` (midnight UTC). */
function timeOf(value: string): number {
  return /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value.replaceAll('/', '-'));
}

/** One condition of Gmail's search box: `from:ada`, `-is:unread`, `"two words"`. */
export interface SearchTerm {
  readonly negated: boolean;
  /** In lower case; undefined for plain words. */
  readonly operator: string | undefined;
  readonly value: string;
}

const TERM = /(-?)(?:([a-z0-9_]+):)?(?:"([^"]*)"|\(([^)]*)\)|(\S+))/gi;

/** All terms have to be met; OR is not understood. */
function parseQuery(query: string): SearchTerm[] {
  return [...query.matchAll(TERM)].map(([, minus, operator, quoted, grouped, word]) => ({
    negated: minus === '-',
    operator: operator?.toLowerCase(),
    value: quoted ?? grouped ?? word ?? '',
  }));
}
