import { ConfigurationError, ReauthorizationRequiredError } from '../errors/index.ts';
import type { AccessTokenSource } from './access-token-source.ts';

/** One fixed token, such as a personal API token. Throws {@link ConfigurationError} if it is empty. */
export function staticToken(token: string): AccessTokenSource {
  if (typeof token !== 'string' || token.trim() === '' || /[\r\n]/.test(token)) {
    throw new ConfigurationError('token is empty or has a line break.');
  }
  return {
    async getAccessToken(options) {
      if (options?.rejected === token) throw new ReauthorizationRequiredError('rejected');
      return token;
    },
    current: () => token,
  };
}
