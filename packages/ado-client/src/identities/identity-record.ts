import { textOf } from '@context-sdk/oauth-core/client-kit';
import type { AdoIdentity } from '../model/identity.ts';

/** A person as the identity service describes one. */
export interface IdentityRecord {
  id: string;
  /** Identifies a person in Azure DevOps' directory. */
  subjectDescriptor?: string;
  providerDisplayName?: string;
  customDisplayName?: string;
  isActive?: boolean;
  isContainer?: boolean;
  /** `Account` holds the sign-in name, usually a mail address. */
  properties?: Record<string, { $value?: unknown } | undefined>;
  [more: string]: unknown;
}

function property({ properties }: IdentityRecord, name: string): string | undefined {
  const value = properties?.[name]?.$value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The person of a record, as in fields of work items. */
export function identityOf(record: IdentityRecord): AdoIdentity & { id: string } {
  const uniqueName = property(record, 'Account');
  const mail = property(record, 'Mail') ?? (uniqueName?.includes('@') ? uniqueName : undefined);
  const { customDisplayName, providerDisplayName, id } = record;
  const displayName = textOf(customDisplayName) ?? textOf(providerDisplayName) ?? uniqueName ?? id;
  return {
    id: record.id,
    displayName,
    ...(uniqueName !== undefined && { uniqueName }),
    ...(mail !== undefined && { email: mail }),
  };
}
