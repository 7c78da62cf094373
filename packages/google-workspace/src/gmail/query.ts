import type { CallOptions } from '@context-sdk/oauth-core';
import { invalid } from '../input/invalid.ts';
import { present } from '../input/present.ts';
import { SERVICE } from './service.ts';

/** Which mails to list. */
export interface MessageQuery extends CallOptions {
  /** As in Gmail's search box: `from:ada@example.org newer_than:7d`. Not with the scope `gmail.metadata`. */
  q?: string | undefined;
  /** Mails with all of these labels, for example `INBOX`. */
  labelIds?: readonly string[] | undefined;
  includeSpamTrash?: boolean | undefined;
  /** Items per request, 1 to 500; 100 unless given. */
  maxResults?: number | undefined;
}

/** Which drafts to list. */
export type DraftQuery = Omit<MessageQuery, 'labelIds'>;

/** The query in Google's form. Throws {@link InvalidRequestError} naming the field that can't be. */
export function wireQuery(query: MessageQuery): {
  q?: string;
  labelIds?: string[];
  includeSpamTrash?: boolean;
  maxResults?: number;
} {
  const { q, labelIds, includeSpamTrash, maxResults } = query;
  if (q !== undefined && typeof q !== 'string') throw invalid(SERVICE, 'q', 'is not a text');
  if (includeSpamTrash !== undefined && typeof includeSpamTrash !== 'boolean') {
    throw invalid(SERVICE, 'includeSpamTrash', 'is not true or false');
  }
  if (maxResults !== undefined && !(Number.isInteger(maxResults) && maxResults >= 1 && maxResults <= 500)) {
    throw invalid(SERVICE, 'maxResults', 'is not a whole number from 1 to 500');
  }
  return present({ q, labelIds: checkedTexts(labelIds, 'labelIds'), includeSpamTrash, maxResults });
}

/** A list of texts, none of them empty. */
export function checkedTexts(texts: unknown, field: string): string[] | undefined {
  if (texts === undefined) return undefined;
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
  if (!Array.isArray(texts)) throw invalid(SERVICE, field, 'is not a list');
  const wrong = texts.findIndex((text) => !isText(text));
  if (wrong !== -1) throw invalid(SERVICE, `${field}[${wrong}]`, 'is missing or not a text');
  return texts.filter(isText);
}

/** One of the values that Google knows. */
export function checkedChoice<T extends string>(
  value: T | undefined,
  choices: readonly T[],
  field: string,
): void {
  if (value === undefined || choices.includes(value)) return;
  throw invalid(SERVICE, field, `must be one of ${choices.join(', ')}`);
}
