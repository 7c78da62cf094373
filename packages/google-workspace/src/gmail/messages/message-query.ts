import type { CallOptions, OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { checkedPageSize } from '../../input.ts';
import type { ItemListOptions } from '../../list-items.ts';
import type { LibraryParams } from '../../wire.ts';
import { invalid } from '../errors.ts';

/** Which messages to list. */
export interface MessageQuery extends CallOptions, ItemListOptions {
  /** As in Gmail's search box: `from:ada@example.org newer_than:7d`. Not with the scope `gmail.metadata`. */
  q?: string | undefined;
  /** Messages with all of these labels, for example `INBOX`. */
  labelIds?: readonly string[] | undefined;
  includeSpamTrash?: boolean | undefined;
  /** Items per request, from 1 to 500. Default: 100. */
  maxResults?: number | undefined;
}

/** Which drafts to list. */
export type DraftQuery = Omit<MessageQuery, 'labelIds'>;

export const DRAFT_QUERY: OwnOptions<DraftQuery> = {
  q: 'string',
  includeSpamTrash: 'boolean',
  maxResults: 'number',
  onSkipped: 'function',
};

export const MESSAGE_QUERY: OwnOptions<MessageQuery> = { ...DRAFT_QUERY, labelIds: 'list' };

/** The query in Google's form. Throws {@link InvalidRequestError} naming the field that can't be right. */
export function draftParams({ q, includeSpamTrash, maxResults }: DraftQuery): LibraryParams {
  if (q !== undefined && typeof q !== 'string') throw invalid('q', 'is not a string');
  if (includeSpamTrash !== undefined && typeof includeSpamTrash !== 'boolean') {
    throw invalid('includeSpamTrash', 'is not a boolean');
  }
  return { q, includeSpamTrash, maxResults: checkedPageSize(maxResults, 500, invalid) };
}

/** As {@link draftParams}. */
export function messageParams(query: MessageQuery): LibraryParams {
  return { ...draftParams(query), labelIds: checkedTexts(query.labelIds, 'labelIds') };
}

/** A list of strings, none of them empty. */
export function checkedTexts(texts: unknown, field: string): string[] | undefined {
  if (texts === undefined) return undefined;
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
  if (!Array.isArray(texts)) throw invalid(field, 'is not a list');
  const wrong = texts.findIndex((text) => !isText(text));
  if (wrong !== -1) throw invalid(`${field}[${wrong}]`, 'is missing or not a string');
  return texts.filter(isText);
}

/** One of the values that Google knows. */
export function checkedChoice<T extends string>(
  value: T | undefined,
  choices: readonly T[],
  field: string,
): T | undefined {
  if (value === undefined || choices.includes(value)) return value;
  throw invalid(field, `must be one of ${choices.join(', ')}`);
}
