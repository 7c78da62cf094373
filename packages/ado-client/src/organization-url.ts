import type { ConfigurationError } from '@context-sdk/oauth-core';
import { isLoopback } from '@context-sdk/oauth-core/client-kit';
import { misconfigured as misconfiguredOption } from './errors.ts';

function misconfigured(problem: string): ConfigurationError {
  return misconfiguredOption(`organizationUrl ${problem}.`);
}

const EXAMPLE = 'write it like https://dev.azure.com/your-organization';

function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter(Boolean);
}

/** `https://dev.azure.com/acme`, also for its old spelling `https://acme.visualstudio.com[/DefaultCollection]`. */
function servicesUrl(url: URL): string | undefined {
  const segments = segmentsOf(url);
  const old = /^([^.]+)\.visualstudio\.com$/.exec(url.hostname)?.[1];
  const organization = old ?? (url.hostname === 'dev.azure.com' ? segments.shift() : undefined);
  if (url.hostname === 'dev.azure.com' && organization === undefined)
    throw misconfigured(`names no organization: ${EXAMPLE}`);
  if (organization === undefined) return undefined;
  if (old !== undefined && segments[0]?.toLowerCase() === 'defaultcollection') segments.shift();
  if (segments.length > 0)
    throw misconfigured('holds more than the organization; a project goes into `project`');
  return `https://dev.azure.com/${organization}`;
}

/**
 * The organization's URL in one spelling, without a slash at its end. Throws {@link ConfigurationError} for a host that
 * is neither Azure DevOps nor in `allowedHosts`: credentials would go there.
 */
export function normalizeOrganizationUrl(
  organizationUrl: unknown,
  allowedHosts: readonly string[] = [],
  allowHttp = false,
): string {
  if (!Array.isArray(allowedHosts)) throw misconfiguredOption('allowedHosts must be a list.');
  const url = typeof organizationUrl === 'string' ? URL.parse(organizationUrl) : null;
  if (url === null) throw misconfigured(`is not a URL: ${EXAMPLE}`);
  const isAllowed = allowedHosts.some(
    (host) => typeof host === 'string' && [url.host, url.hostname].includes(host.toLowerCase()),
  );
  if (
    url.protocol !== 'https:' &&
    !(url.protocol === 'http:' && isAllowed && (allowHttp || isLoopback(url)))
  ) {
    throw misconfigured('must use https');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw misconfigured('must have no credentials, query or fragment');
  }
  const services = url.port === '' ? servicesUrl(url) : undefined;
  if (services !== undefined) return services;
  if (isAllowed) return url.href.replace(/(?<!\/)\/+$/, '');
  throw misconfigured(
    `is not at Azure DevOps (${url.hostname}); name its host in allowedHosts if that is right`,
  );
}
