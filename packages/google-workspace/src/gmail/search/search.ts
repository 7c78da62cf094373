import { checkedInstant, type Instant, isDay } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';

/** A day (`2026-11-23`, which Gmail takes in the user's zone) or a moment. */
export type SearchTime = Instant;

/** What to search for: all of it must fit. A list means any of its items. */
export interface MailSearch {
  /** Words anywhere in the mail. */
  text?: string | undefined;
  /** These words in this order. */
  phrase?: string | undefined;
  from?: string | readonly string[] | undefined;
  to?: string | readonly string[] | undefined;
  cc?: string | readonly string[] | undefined;
  bcc?: string | readonly string[] | undefined;
  subject?: string | undefined;
  /** A name of a label. */
  label?: string | readonly string[] | undefined;
  /** `inbox`, `sent`, `drafts`, `trash`, `spam`, `anywhere`, … */
  in?: string | undefined;
  /** From then on. */
  after?: SearchTime | undefined;
  /** Before then. */
  before?: SearchTime | undefined;
  /** Not older than: `7d`, `2m`, `1y`. */
  newerThan?: string | undefined;
  olderThan?: string | undefined;
  hasAttachment?: boolean | undefined;
  /** A name of a file, or its ending: `pdf`. */
  filename?: string | readonly string[] | undefined;
  unread?: boolean | undefined;
  starred?: boolean | undefined;
  important?: boolean | undefined;
  category?: 'primary' | 'social' | 'promotions' | 'updates' | 'forums' | undefined;
  /** Bytes. */
  largerThan?: number | undefined;
  /** Bytes. */
  smallerThan?: number | undefined;
  /** A Message-ID, with or without brackets. */
  messageId?: string | undefined;
  /** Mails that fit none of these. */
  not?: MailSearch | readonly MailSearch[] | undefined;
  /** Mails that fit one of these at least. */
  anyOf?: readonly MailSearch[] | undefined;
}

type Term<Name extends keyof MailSearch> = (value: NonNullable<MailSearch[Name]>, field: string) => string;

/** In the order in which they are written. Sources: https://support.google.com/mail/answer/7190 */
const TERMS = [
  term('text', (value, field) => words(value, field)),
  term('phrase', (value, field) => quoted(value, field)),
  term('from', named('from')),
  term('to', named('to')),
  term('cc', named('cc')),
  term('bcc', named('bcc')),
  term('subject', (value, field) => `subject:(${words(value, field)})`),
  term('label', named('label')),
  term('in', (value, field) => `in:${quoted(value, field)}`),
  term('after', (value, field) => `after:${time(value, field)}`),
  term('before', (value, field) => `before:${time(value, field)}`),
  term('newerThan', (value, field) => `newer_than:${age(value, field)}`),
  term('olderThan', (value, field) => `older_than:${age(value, field)}`),
  term('hasAttachment', (value) => `${value ? '' : '-'}has:attachment`),
  term('filename', named('filename')),
  term('unread', (value) => `is:${value ? 'unread' : 'read'}`),
  term('starred', (value) => `${value ? '' : '-'}is:starred`),
  term('important', (value) => `${value ? '' : '-'}is:important`),
  term('category', (value, field) => `category:${quoted(value, field)}`),
  term('largerThan', (value, field) => `larger:${bytes(value, field)}`),
  term('smallerThan', (value, field) => `smaller:${bytes(value, field)}`),
  term(
    'messageId',
    (value, field) =>
      `rfc822msgid:${quoted(typeof value === 'string' ? value.replaceAll(/^<|>$/g, '') : value, field)}`,
  ),
  term('not', (value, field) =>
    lists(value)
      .map((one, index) => `-(${searchAt(one, `${field}[${index}].`)})`)
      .join(' '),
  ),
  term(
    'anyOf',
    (value, field) =>
      `{${listAt(value, field)
        .map((one, index) => `(${searchAt(one, `${field}[${index}].`)})`)
        .join(' ')}}`,
  ),
];

/**
 * A search as Gmail's search box takes it: `messages.list({ q: mailSearch({ from: 'ada@example.org', newerThan: '7d' }) })`. No
 * text can become an operator. Throws {@link InvalidRequestError} naming the field that can't be right. Pure.
 */
export function mailSearch(search: MailSearch): string {
  return searchAt(search, '');
}

function searchAt(search: MailSearch, at: string): string {
  if (typeof search !== 'object' || search === null) throw invalid(at || 'search', 'is not an object');
  const unknown = Object.keys(search).find((name) => !TERMS.some((one) => one.name === name));
  if (unknown !== undefined) throw invalid(`${at}${unknown}`, 'is not something to search for');
  const terms = TERMS.flatMap(({ write }) => write(search, at));
  if (terms.length === 0) throw invalid(at === '' ? 'search' : at.slice(0, -1), 'is empty');
  return terms.join(' ');
}

/** Writes one member of a search, if it is there. */
function term<Name extends keyof MailSearch>(name: Name, written: Term<Name>) {
  const write = (search: MailSearch, at: string): string[] => {
    const value: MailSearch[Name] = search[name];
    return value === undefined || value === null ? [] : [written(value, `${at}${name}`)];
  };
  return { name, write };
}

/** One value, or any of several. */
function named(operator: string) {
  return (value: string | readonly string[], field: string): string => {
    const values = lists(value).map((one) => `${operator}:${quoted(one, field)}`);
    if (values.length === 0) throw invalid(field, 'is empty');
    return values.length === 1 ? values.join('') : `{${values.join(' ')}}`;
  };
}

function listAt(value: readonly MailSearch[], field: string): readonly MailSearch[] {
  if (Array.isArray(value)) return value;
  throw invalid(field, 'is not a list');
}

function lists<T extends string | MailSearch>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** Gmail knows no way to write a quote inside of quotes, and searches for words anyway: it is left out. */
function quoted(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalid(field, 'is not a string');
  if (!value.isWellFormed()) throw invalid(field, 'is not well-formed Unicode');
  const clean = value
    .replaceAll(/["\p{Cc}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (clean === '') throw invalid(field, 'is empty');
  return /^[\p{L}\p{N}@._+]+$/u.test(clean) && !/^(?:OR|AND|AROUND)$/.test(clean) ? clean : `"${clean}"`;
}

/** Each word by itself, in any order. */
function words(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalid(field, 'is not a string');
  return (
    value
      .split(/\s+/)
      .filter((word) => /[^"\p{Cc}]/u.test(word))
      .map((word) => quoted(word, field))
      .join(' ') || quoted(value, field)
  );
}

/** Gmail takes days in the user's zone, and moments in seconds. */
function time(value: SearchTime, field: string): string {
  if (typeof value === 'string' && isDay(value)) return value.replaceAll('-', '/');
  return String(Math.floor(checkedInstant(value, field, invalid).at / 1000));
}

function age(value: string, field: string): string {
  if (typeof value === 'string' && /^[1-9]\d{0,3}[dmy]$/.test(value)) return value;
  throw invalid(field, 'must be days, months or years: 7d, 2m, 1y');
}

function bytes(value: number, field: string): string {
  if (Number.isSafeInteger(value) && value > 0) return String(value);
  throw invalid(field, 'must be a whole number of bytes above 0');
}
