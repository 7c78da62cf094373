import type { ContextSdkError } from '../errors/index.ts';

/** Whom an {@link AuditEvent} is about. No event holds a token, a code or a secret. */
interface AuditFacts {
  /** Epoch milliseconds. */
  at: number;
  provider: string;
  userId?: string | undefined;
  /** The grant, and the provider's id of its account, as far as they are known. */
  grantId?: string | undefined;
  accountId?: string | undefined;
}

/** What happened to the access that users have given, for a host's audit log. */
export type AuditEvent = AuditFacts &
  (
    | { type: 'connected'; kind: 'oauth' | 'token'; scopes?: readonly string[] | undefined }
    /** The connection now belongs to another grant, perhaps of another account. */
    | { type: 'replaced'; previousGrantId?: string | undefined; previousAccountId?: string | undefined }
    | { type: 'scopes-changed'; added: readonly string[]; removed: readonly string[] }
    /** `atProvider`: whether the provider has ended the grant, or only the user can. */
    | { type: 'revoked'; atProvider: boolean }
    /** The provider could not be asked; it is asked again. */
    | { type: 'revocation-failed'; attempts: number; error: ContextSdkError }
    /** Services that did not end their pushes with the connection. What they still deliver is refused. */
    | { type: 'pushes-remain'; services: readonly string[] }
    | { type: 'tokens-rejected'; error?: ContextSdkError | undefined }
    /** A webhook that proves nothing, or whose connection is gone. */
    | { type: 'delivery-refused'; error?: ContextSdkError | undefined }
    /** Everything of the user was deleted; `pending` grants are still to be revoked. */
    | { type: 'forgotten'; records: number; pending: number }
  );
