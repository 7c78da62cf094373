/** What reads the settings of Azure DevOps, for hosts that start often. The root also loads the client. */
export { type AdoEnvironment, readAdoEnvironment } from './environment/read-ado-environment.ts';
export { normalizeOrganizationUrl } from './organization-url.ts';
export { personalAccessToken } from './personal-access-token.ts';
