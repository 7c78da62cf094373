import { headersNamed, headerText } from '../mail/headers.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Message } from '../mailbox/message.ts';
import { plainText } from '../wire/snippet.ts';
import { CONDITIONS, contains } from './conditions.ts';
import { parseQuery, type Query, type Term, termsOf } from './parse-query.ts';

/** What of a mailbox a list shows. */
export interface Selection {
  /** In the words of Gmail's search box. */
  readonly query: string;
  /** A mail has to have all of them. */
  readonly labelIds: readonly string[];
  readonly includeSpamTrash: boolean;
  /** Told of what Gmail would search for as text, although it was meant as an operator. */
  readonly report: (problem: string) => void;
}

/** The mails that a list shows, newest first. */
export function search(mailbox: Mailbox, messages: Iterable<Message>, selection: Selection): Message[] {
  const query = parseQuery(selection.query);
  const terms = termsOf(query);
  for (const { operator } of terms) {
    if (operator !== undefined && !Object.hasOwn(CONDITIONS, operator)) {
      selection.report(`the search operator ${operator}: is not known`);
    }
  }
  const hidden = selection.includeSpamTrash ? [] : hiddenLabels(selection, terms);
  return [...messages]
    .filter(
      (message) =>
        selection.labelIds.every((label) => message.labelIds.has(label)) &&
        !hidden.some((label) => message.labelIds.has(label)) &&
        meets(message, query, mailbox),
    )
    .toSorted((a, b) => b.internalDate - a.internalDate || b.historyId - a.historyId);
}

function meets(message: Message, query: Query, mailbox: Mailbox): boolean {
  switch (query.kind) {
    case 'all':
      return query.queries.every((one) => meets(message, one, mailbox));
    case 'any':
      return query.queries.some((one) => meets(message, one, mailbox));
    case 'not':
      return !meets(message, query.query, mailbox);
    case 'term':
      return meetsTerm(message, query, mailbox);
  }
}

function meetsTerm(message: Message, { operator, value }: Term, mailbox: Mailbox): boolean {
  const condition = operator === undefined ? undefined : CONDITIONS[operator];
  if (condition) return condition(message, value, mailbox);
  return inText(message, operator === undefined ? value : `${operator}:${value}`);
}

/** Spam and the bin, unless they are asked for by name. */
function hiddenLabels({ labelIds }: Selection, terms: readonly Term[]): string[] {
  const named = terms.filter(
    ({ operator }) => operator === 'in' || operator === 'label' || operator === 'is',
  );
  const asked = new Set([...labelIds, ...named.map(({ value }) => value.toUpperCase())]);
  return asked.has('ANYWHERE') ? [] : ['SPAM', 'TRASH'].filter((label) => !asked.has(label));
}

function inText({ headers, source }: Message, value: string): boolean {
  const inHeaders = ['subject', 'from', 'to', 'cc'].some((name) =>
    headersNamed(headers, name).some((header) => contains(headerText(header.value), value)),
  );
  return inHeaders || contains(plainText(source), value);
}
