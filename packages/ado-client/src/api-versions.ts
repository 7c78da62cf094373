import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { type AdoErrorDetails, misconfigured, SERVICE } from './errors.ts';

/** `7.1`, or `7.2-preview.4` in a URL, an `Accept` header or a request of a batch. */
const VERSION = /(api-version=)(\d+\.\d+)(-preview(?:\.\d+)?)?/gi;
/** Formats of comments, which no earlier version knows (docs/facts/azure-devops.md#markdown). */
const NEEDED: Readonly<Record<string, number>> = {
  'comments.addMarkdown': 7.1,
  'comments.updateFormatted': 7.1,
};

/** The highest version that a server takes, which it names when it refuses a higher one. */
function supportedVersion(error: unknown): number | undefined {
  if (!(error instanceof InvalidRequestError)) return undefined;
  const { typeKey } = (error.details ?? {}) as AdoErrorDetails;
  if (typeKey !== 'VssVersionOutOfRangeException') return undefined;
  const latest = /latest[^.]*?(\d+\.\d+)/i.exec(error.message)?.[1];
  return latest === undefined ? undefined : Number(latest);
}

/** Servers are updated: what one said is asked again after a day. */
const REMEMBERED_MS = 86_400_000;
const MAX_REMEMBERED = 1000;

/** What a server said of its versions. */
export interface ServerVersions {
  /** The highest that it takes, if it refused one of late. */
  highest: number | undefined;
  /** How long that is remembered, by `performance.now()`. */
  until: number;
}

const SERVERS = new Map<string, ServerVersions>();

/**
 * What is known of the organization's server: the clients of a process share it. A server's collections have one version; of Azure
 * DevOps Services, an organization speaks for itself alone.
 */
export function versionsOf(organizationUrl: string): ServerVersions {
  const { origin, hostname } = new URL(organizationUrl);
  const server = hostname === 'dev.azure.com' ? organizationUrl.toLowerCase() : origin;
  const known = SERVERS.get(server);
  if (known !== undefined) return known;
  if (SERVERS.size >= MAX_REMEMBERED) SERVERS.clear();
  const versions: ServerVersions = { highest: undefined, until: 0 };
  SERVERS.set(server, versions);
  return versions;
}

/** Replaces the versions in a text by what the server takes. */
export type Lowered = (text: string) => string;

/** The `apiVersion` option as a number. */
export function checkedVersion(apiVersion: string | undefined): number | undefined {
  if (apiVersion === undefined || apiVersion === null) return undefined;
  if (typeof apiVersion === 'string' && /^\d+\.\d$/.test(apiVersion)) return Number(apiVersion);
  throw misconfigured('apiVersion must be a version such as 7.0.');
}

/** What a server takes that refused a version; nothing was done then. Throws the error if it is about anything else. */
export function versionAfter(error: unknown, server: ServerVersions): number {
  const supported = supportedVersion(error);
  if (supported === undefined) throw error;
  Object.assign(server, { highest: supported, until: performance.now() + REMEMBERED_MS });
  return supported;
}

/** How the versions of an operation are lowered. Throws {@link InvalidRequestError} if the server is too old for it. */
export function loweringTo(highest: number, operation: string): Lowered {
  if (highest < (NEEDED[operation] ?? 0)) {
    const message = `${operation} needs api-version ${NEEDED[operation]}, and this server has ${highest.toFixed(1)}.`;
    throw new InvalidRequestError(message, { service: SERVICE });
  }
  return (text) =>
    text.replace(VERSION, (whole, name: string, version: string, preview?: string) =>
      Number(version) > highest ? `${name}${highest.toFixed(1)}${preview ? '-preview' : ''}` : whole,
    );
}
