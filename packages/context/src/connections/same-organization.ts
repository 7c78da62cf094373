import type { Providers } from '../options/provider-options.ts';
import type { ConnectionRecord } from './connection.ts';

type Located = Pick<ConnectionRecord, 'organizationUrl'>;

/** Whether connections are for one organization, however it is spelled. Users who chose none are in the host's own. */
export async function isSameOrganization(
  one: Located,
  other: Located,
  { azureDevOps = {} }: Providers,
): Promise<boolean> {
  if (one.organizationUrl === other.organizationUrl) return true;
  const { organizationUrl: own, allowedHosts, allowHttp } = azureDevOps;
  const { normalizeOrganizationUrl } = await import('@context-sdk/ado-client/environment');
  const spelled = ({ organizationUrl = own }: Located): string =>
    normalizeOrganizationUrl(organizationUrl, allowedHosts, allowHttp).toLowerCase();
  try {
    return spelled(one) === spelled(other);
  } catch {
    // A host that may be used no more, or none at all.
    return false;
  }
}
