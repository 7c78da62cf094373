import { ConfigurationError, ReauthorizationRequiredError } from '../errors/index.ts';
import type { AccessTokenSource } from './access-token-source.ts';
import { isToken } from './checked-token.ts';

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
