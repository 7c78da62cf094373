import { ConfigurationError, GrantChangedError, ReauthorizationRequiredError } from '../errors/index.ts';
import { isToken } from '../oauth/token-set.ts';
import { checkNames } from '../options/check-names.ts';

/** An access token with what belongs to it. */
export interface Credential {
  readonly token: string;
  readonly scheme: 'Bearer' | 'Basic';
  /** The grant that the token is of. Absent if all tokens of the source are of one grant. */
  readonly grantId?: string | undefined;
  /** The only origin that the token is for, such as `https://dev.azure.com`. Default: those of the client. */
  readonly origin?: string | undefined;
  /** Whether the source can get another one if this one is rejected. Default: it may. */
  readonly renewable?: boolean | undefined;
}

/** Where a client's access tokens come from: a {@link TokenManager}, {@link staticToken}, or the host's own. */
export interface AccessTokenSource {
  /** How the token is sent, unless `getCredential` says. Default: `Bearer`. */
  readonly scheme?: 'Bearer' | 'Basic';
  /** The account that limits count for, so that its clients share them. Default: a hash of the token. */
  readonly account?: string;
  /**
   * A token that is good now. `rejected` is one that the service has just refused: the source gives another one or
   * throws {@link ReauthorizationRequiredError}.
   */
  getAccessToken(options?: AccessTokenOptions): Promise<string>;
  /**
   * The same with its grant. Clients ask for this where the source has it, so that no request leaves with the token of
   * another grant than its call began with: throws {@link GrantChangedError} if `grantId` is no longer the grant in use.
   * A source whose user can connect another account needs it.
   */
  getCredential?(options?: CredentialOptions): Promise<Credential>;
  /** The token if it is good right now, and of this grant if one is given; asked at the moment of sending. */
  current?(grantId?: string): string | undefined;
  /** Whether the grant is known to cover none of these scopes; asked after the token. */
  lacks?(anyOf: readonly string[]): Promise<boolean>;
}

/** What a client says when it asks for a token. */
export interface AccessTokenOptions {
  rejected?: string | undefined;
  /** Ends this caller's wait; a refresh that others share goes on. */
  signal?: AbortSignal | undefined;
}

/** What a client says when it asks for a credential. */
export interface CredentialOptions extends AccessTokenOptions {
  /** The grant that the call began with. */
  grantId?: string | undefined;
}

/** What is known of a fixed token. */
export interface StaticTokenOptions {
  /** The grant that the token is of. */
  grantId?: string | undefined;
  /** The only origin that the token may go to. Default: those of the client. */
  origin?: string | undefined;
}

const STATIC_OPTIONS: Record<keyof StaticTokenOptions, 1> = { grantId: 1, origin: 1 };

/** One fixed token, such as a personal API token. Throws {@link ConfigurationError} if it is empty. */
export function staticToken(token: string, options?: StaticTokenOptions): AccessTokenSource {
  checkNames(options, STATIC_OPTIONS);
  return bearerSource(token, options);
}

/** What {@link staticToken} gives, for options of our own. */
export function bearerSource(token: string, options?: StaticTokenOptions): AccessTokenSource {
  if (!isToken(token)) {
    throw new ConfigurationError(
      'token is empty, or has a space, a line break or a letter that no token has.',
    );
  }
  return fixedSource(
    { ...options, token, scheme: 'Bearer' },
    () => new ReauthorizationRequiredError('rejected'),
  );
}

/** A source that has one token. `rejection` makes the error for its refusal. */
export function fixedSource(
  credential: Omit<Credential, 'renewable'>,
  rejection: () => ReauthorizationRequiredError,
): AccessTokenSource {
  const { token, scheme, grantId } = credential;
  const given: Credential = { ...credential, renewable: false };
  const getCredential = async (options?: CredentialOptions): Promise<Credential> => {
    const { grantId: pinned = grantId, rejected } = options ?? {};
    if (grantId !== undefined && pinned !== grantId) throw new GrantChangedError();
    if (rejected === token) throw rejection();
    return given;
  };
  return {
    scheme,
    getCredential,
    getAccessToken: async (options) => (await getCredential(options)).token,
    current: (pinned) => (pinned === undefined || pinned === grantId ? token : undefined),
  };
}
