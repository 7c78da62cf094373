/** Where a client's access tokens come from: a {@link TokenManager}, {@link staticToken}, or the host's own. */
export interface AccessTokenSource {
  /** How the token is sent; `Bearer` unless given. */
  readonly scheme?: 'Bearer' | 'Basic';
  /** Whose limits these are. Clients of one account share its limits through it; a hash of the token stands in. */
  readonly account?: string;
  /**
   * A token that is good now. `rejected` is one that the service has just refused: the source answers with
   * another or throws {@link ReauthorizationRequiredError}.
   */
  getAccessToken(options?: AccessTokenOptions): Promise<string>;
  /** The token if it is good right now, asked at the moment of sending. */
  current?(): string | undefined;
  /** Whether the grant is known to cover none of these scopes; asked after `getAccessToken`. */
  lacks?(anyOf: readonly string[]): Promise<boolean>;
}

/** What a client tells when it asks for a token. */
export interface AccessTokenOptions {
  rejected?: string | undefined;
  /** Ends this caller's wait; a refresh that others share goes on. */
  signal?: AbortSignal | undefined;
}
