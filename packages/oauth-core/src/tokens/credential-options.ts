import type { OptionTypes } from '../options/option-types.ts';
import type { AccessTokenOptions, CredentialOptions } from './access-token-source.ts';

export const TOKEN_OPTIONS: OptionTypes<AccessTokenOptions> = { rejected: 'string', signal: 'signal' };
export const CREDENTIAL_OPTIONS: OptionTypes<CredentialOptions> = { ...TOKEN_OPTIONS, grantId: 'string' };
