import { isJsonObject, type JsonValue } from '../../json.ts';
import type { AzureDevOpsPerson } from './person.ts';

/**
 * Who is meant by what clients write: an identity object, `Name <mail>`, a sign-in name or a display name. Undefined
 * where it is nobody, or a display name that several have.
 */
export function findPerson(
  people: readonly AzureDevOpsPerson[],
  value: JsonValue,
): AzureDevOpsPerson | undefined {
  if (isJsonObject(value)) return findByKeys(people, value);
  if (typeof value !== 'string') return undefined;
  const [, mail] = /<([^<>]+)>\s*$/.exec(value) ?? [];
  const text = (mail ?? value).trim();
  return (
    people.find(({ uniqueName }) => same(uniqueName, text)) ??
    only(people.filter(({ displayName }) => same(displayName, text)))
  );
}

const IDENTITY_KEYS = ['descriptor', 'id', 'uniqueName'] as const;

function findByKeys(
  people: readonly AzureDevOpsPerson[],
  value: { [key: string]: JsonValue },
): AzureDevOpsPerson | undefined {
  for (const key of IDENTITY_KEYS) {
    const wanted = value[key];
    if (typeof wanted === 'string') return people.find((person) => same(person[key], wanted));
  }
  const { displayName } = value;
  return typeof displayName === 'string' ? findPerson(people, displayName) : undefined;
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
