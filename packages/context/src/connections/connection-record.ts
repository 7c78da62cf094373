/** Whose account was connected, as far as the provider tells. */
export interface ConnectedAccount {
  /** The provider's own id of the user, where it has one that never changes: the one to recognise users by. */
  id?: string;
  /** TickTick's name of the account: its e-mail address. */
  username?: string;
  email?: string;
  displayName?: string;
}

/** What is kept of a connection beside OAuth tokens, which lie in a record of their own. */
export interface ConnectionRecord {
  /** `token`: one that the user or the host made, and that nothing refreshes. */
  kind: 'oauth' | 'token';
  /** Epoch milliseconds. */
  connectedAt: number;
  account?: ConnectedAccount;
  /** Of kind `token` alone: an API token or a personal access token. */
  token?: string;
  /** Whether the service has refused the token. */
  isRejected?: boolean;
  /** Azure DevOps alone. */
  organizationUrl?: string;
}
