import type { AccessTokenSource, StaticTokenOptions } from '@context-sdk/oauth-core';
import { checkOptions, fixedSource, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { ReauthorizationRequiredError } from '@context-sdk/oauth-core/errors';
import { misconfigured, SERVICE } from './errors.ts';

/** 52 characters until 2024, 84 with a fixed `AZDO` since: docs/facts/azure-devops.md#signing-in. */
const FORMS = [/^[A-Za-z0-9]{52}$/, /^[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}$/];

/** What may be wrong with a personal access token that is refused. */
export const PERSONAL_ACCESS_TOKEN_HINT: string =
  'The personal access token may have expired or been revoked, belong to another organization, or be one for all ' +
  'organizations: those stop working on 2026-12-01. Create one for this organization alone, with the scopes Work ' +
  'Items (read & write) and Project and Team (read).';

const OPTIONS: OptionTypes<StaticTokenOptions> = { grantId: 'string', origin: 'string' };

/**
 * A personal access token as a source of credentials. One token is good for one organization. Throws
 * {@link ConfigurationError} for anything that has not the form of one, an Entra token among them.
 */
export function personalAccessToken(pat: string, options?: StaticTokenOptions): AccessTokenSource {
  checkOptions(options, OPTIONS, (name, problem) => misconfigured(`${name} ${problem}.`));
  if (typeof pat !== 'string' || !FORMS.some((form) => form.test(pat))) {
    throw misconfigured(
      'The personal access token is not one: it has 52 letters and digits, or 84 with AZDO before the last four.',
    );
  }
  // Any user name will do, also none (Microsoft's Swagger, securityDefinitions).
  const credentials = btoa(`:${pat}`);
  return fixedSource(
    { ...options, token: credentials, scheme: 'Basic' },
    () =>
      new ReauthorizationRequiredError('rejected', { service: SERVICE, hint: PERSONAL_ACCESS_TOKEN_HINT }),
  );
}
