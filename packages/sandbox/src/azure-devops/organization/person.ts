import { isJsonObject, type JsonValue } from '../../json.ts';

/** Someone, or some app, that an organization knows. */
export interface AzureDevOpsPerson {
  readonly id: string;
  readonly displayName: string;
  /** The sign-in name, in the form of an email address. */
  readonly uniqueName: string;
  readonly descriptor: string;
}

/** An identity on the wire. */
export type IdentityRef = {
  readonly displayName: string;
  readonly url: string;
  readonly _links: { readonly avatar: { readonly href: string } };
  readonly id: string;
  readonly uniqueName: string;
  readonly imageUrl: string;
  readonly descriptor: string;
};

export function identityRef(person: AzureDevOpsPerson, organization: string): IdentityRef {
  const { id, displayName, uniqueName, descriptor } = person;
  const base = `https://dev.azure.com/${organization}`;
  const href = `${base}/_apis/GraphProfile/MemberAvatars/${descriptor}`;
  return {
    displayName,
    url: `https://vssps.dev.azure.com/${organization}/_apis/Identities/${id}`,
    _links: { avatar: { href } },
    id,
    uniqueName,
    imageUrl: href,
    descriptor,
  };
}

/** The form of old APIs and of service hooks: `Name <mail>`. */
export function identityText({
  displayName,
  uniqueName,
}: {
  displayName: string;
  uniqueName: string;
}): string {
  return `${displayName} <${uniqueName}>`;
}

/** The people of every organization; the first is signed in. */
export const DEMO_PEOPLE: readonly [AzureDevOpsPerson, ...AzureDevOpsPerson[]] = [
  createPerson('d291b0c4-a05c-4ea6-8df1-4b41d5f39eff', 'Jamal Hartnett', 'jamal'),
  createPerson('7b3c1a52-6f0e-4d0b-9a53-0d4f2f1c7e11', 'Norman Paulk', 'norman'),
  createPerson('2f8e90d4-13ab-4c58-8a7d-91f0c2b6d502', 'Johnnie McLeod', 'johnnie'),
  createPerson('a94be2f0-58c7-4b1e-b6a9-3de1f7045c63', 'Raisa Pokrovskaya', 'raisa'),
  createPerson('c05d7e83-9142-4f6a-87be-5a20e8d9b174', "Siobhán O'Neil", 'siobhan'),
];

/** The demo app's own identity, for client credentials. */
export const DEMO_SERVICE_PRINCIPAL: AzureDevOpsPerson = createPerson(
  'e6a1f4c7-2d90-4e35-a1b8-77c3095bd285',
  'Context (demo)',
  'context-demo',
);

function createPerson(id: string, displayName: string, name: string): AzureDevOpsPerson {
  const descriptor = `aad.${btoa(id).replaceAll('=', '')}`;
  return { id, displayName, uniqueName: `${name}@fabrikam.example`, descriptor };
}

/**
 * Who is meant by what clients write: an identity object, `Name <mail>`, a sign-in name or a display name. Undefined
 * if there is no such person, or several have that display name.
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
