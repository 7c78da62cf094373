import { isObject, parseInstant } from '@context-sdk/oauth-core/client-kit';
import { readIdentity } from '../model/identity.ts';

/** The service keeps times to a 300th of a second. */
const ROUNDING_MS = 4;

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/** What people read of a text: the service trims it, and writes markup and the ends of paths its own way. */
function shown(text: string): string {
  return text
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/\s+|\\$/g, '');
}

function isSameText(written: string, stored: string): boolean {
  const [at, storedAt] = [parseInstant(written), parseInstant(stored)];
  if (at !== undefined && storedAt !== undefined) return Math.abs(at - storedAt) < ROUNDING_MS;
  return shown(written) !== '' && shown(written) === shown(stored);
}

function isSamePerson(written: unknown, stored: unknown): boolean {
  const person = readIdentity(written);
  const other = readIdentity(stored);
  const names = new Set([person?.uniqueName, person?.displayName].map((name) => name?.toLowerCase()));
  return [other?.uniqueName, other?.displayName].some(
    (name) => name !== undefined && names.has(name.toLowerCase()),
  );
}

/** Whether a stored value may be what was written: it may come back spelled another way. */
export function isAlike(written: unknown, stored: unknown): boolean {
  if (written === stored) return true;
  // A remark in Markdown.
  if (isObject(written) && typeof written['text'] === 'string') return isAlike(written['text'], stored);
  if (typeof stored === 'number') return typeof written === 'string' && Number(written) === stored;
  if (typeof stored === 'boolean') return String(written).toLowerCase() === String(stored);
  const isText = typeof written === 'string' && typeof stored === 'string';
  return (isText && isSameText(written, stored)) || isSamePerson(written, stored);
}
