import { ConfigurationError, ReauthorizationRequiredError } from '../errors/index.ts';
import { isToken } from '../oauth/token-set.ts';

/** Where a client's access tokens come from: a {@link TokenManager}, {@link staticToken}, or the host's own. */
export interface AccessTokenSource {
  /** How the token is sent. Default: `Bearer`. */
  readonly scheme?: 'Bearer' | 'Basic';
  /** The account that limits count for, so that its clients share them. Default: a hash of the token. */
  readonly account?: string;
  /**
   * A token that is good now. `rejected` is one that the service has just refused: the source gives another one or
   * throws {@link ReauthorizationRequiredError}.
   */
  getAccessToken(options?: AccessTokenOptions): Promise<string>;
  /** The token if it is good right now, asked at the moment of sending. */
  current?(): string | undefined;
  /** Whether the grant is known to cover none of these scopes; asked after `getAccessToken`. */
  lacks?(anyOf: readonly string[]): Promise<boolean>;
}

/** What a client says when it asks for a token. */
export interface AccessTokenOptions {
  rejected?: string | undefined;
  /** Ends this caller's wait; a refresh that others share goes on. */
  signal?: AbortSignal | undefined;
}

/** One fixed token, such as a personal API token. Throws {@link ConfigurationError} if it is empty. */
export function staticToken(token: string): AccessTokenSource {
  if (!isToken(token)) {
    throw new ConfigurationError(
      'token is empty, or has a space, a line break or a letter that no token has.',
    );
  }
  return {
    async getAccessToken(options) {
      if (options?.rejected === token) throw new ReauthorizationRequiredError('rejected');
      return token;
    },
    current: () => token,
  };
}
