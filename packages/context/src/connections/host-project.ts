import type { Providers } from '../options/provider-options.ts';
import { isSameOrganization } from './same-organization.ts';

/** The host's default project, if this is the host's organization: another one has projects of its own. */
export async function hostProject(
  providers: Providers,
  organizationUrl: string,
): Promise<string | undefined> {
  const { project, organizationUrl: own } = providers.azureDevOps ?? {};
  if (project === undefined || own === undefined || own === organizationUrl) return project;
  return (await isSameOrganization({ organizationUrl }, {}, providers)) ? project : undefined;
}
