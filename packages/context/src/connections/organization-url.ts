import { normalizeOrganizationUrl } from '@context-sdk/ado-client';
import { ConfigurationError } from '@context-sdk/oauth-core';
import { invalid } from '../utils/invalid.ts';
import type { Providers } from '../options/provider-options.ts';

/**
 * The organization that a user means: their own choice only where the host has none. Throws {@link InvalidRequestError}
 * where it is missing or not one of Azure DevOps'.
 */
export function checkedOrganization(
  { azureDevOps = {} }: Providers,
  chosen: string | null | undefined,
): string | undefined {
  if (azureDevOps.organizationUrl !== undefined) return undefined;
  if (!chosen) throw invalid('organizationUrl', 'is missing');
  try {
    return normalizeOrganizationUrl(chosen, azureDevOps.allowedHosts);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw invalid('organizationUrl', 'is not one of an organization of Azure DevOps');
  }
}
