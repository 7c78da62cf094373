import { isObject } from '@context-sdk/oauth-core/client-kit';

/** A person as Azure DevOps writes one in fields today; webhooks and old servers write `Name <mail>`. */
export interface IdentityRef {
  displayName: string;
  /** Usually the mail address; `DOMAIN\user` on servers. */
  uniqueName?: string;
  id?: string;
  descriptor?: string;
  url?: string;
  imageUrl?: string;
  [more: string]: unknown;
}

/** A person, whichever way it was written. */
export interface AdoIdentity {
  displayName: string;
  /** What to assign to: a mail address, or `DOMAIN\user` on servers. */
  uniqueName?: string;
  /** The unique name, where it is a mail address. */
  email?: string;
  id?: string;
}

function named(displayName: string, uniqueName: string | undefined, id: string | undefined): AdoIdentity {
  return {
    displayName,
    ...(uniqueName !== undefined && { uniqueName }),
    ...(uniqueName?.includes('@') && { email: uniqueName }),
    ...(id !== undefined && { id }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The person in a field such as `System.AssignedTo`, in either form; undefined where there is none. */
export function readIdentity(value: unknown): AdoIdentity | undefined {
  if (typeof value === 'string') return readNamed(value.trim());
  if (!isObject(value)) return undefined;
  const uniqueName = text(value['uniqueName']);
  const displayName = text(value['displayName']) ?? uniqueName;
  return displayName === undefined ? undefined : named(displayName, uniqueName, text(value['id']));
}

/** `Name <mail>`, or a name alone. */
function readNamed(value: string): AdoIdentity | undefined {
  const [within] = /<[^<>]+>$/.exec(value) ?? [];
  if (within === undefined) return value === '' ? undefined : named(value, undefined, undefined);
  const unique = within.slice(1, -1);
  return named(value.slice(0, -within.length).trim() || unique, unique, undefined);
}
