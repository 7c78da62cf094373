import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { type AdoErrorDetails, misconfigured, SERVICE } from './errors.ts';

/** `7.1`, or `7.2-preview.4` in a URL, an `Accept` header or a request of a batch. */
const VERSION = /(api-version=)(\d+\.\d+)(-preview(?:\.\d+)?)?/gi;
/** Formats of comments, which no earlier version knows (docs/facts/azure-devops.md#markdown). */
const NEEDED: Readonly<Record<string, number>> = {
  'comments.addMarkdown': 7.1,
  'comments.updateFormatted': 7.1,
};

function isOfType(error: unknown, wanted: string): error is InvalidRequestError {
  if (!(error instanceof InvalidRequestError)) return false;
  const { typeKey } = (error.details ?? {}) as AdoErrorDetails;
  return typeKey === wanted;
}

/**
 * Whether a server has an operation in preview alone, and nothing was done: older ones have some that were released later
 * (docs/facts/azure-devops.md#routes-and-versions).
 */
export function isUnderPreview(error: unknown): boolean {
  return isOfType(error, 'VssInvalidPreviewVersionException');
}

/** The highest version that a server takes, which it names when it refuses a higher one. */
function supportedVersion(error: unknown): number | undefined {
  if (!isOfType(error, 'VssVersionOutOfRangeException')) return undefined;
  const latest = /latest[^.]*?(\d+\.\d+)/i.exec(error.message)?.[1];
  if (latest !== undefined) return Number(latest);
  // In other languages too, a message names the version that was asked for and a lower one that the server takes.
  const named = error.message.match(/\d+\.\d+/g) ?? [];
  return named.length < 2 ? undefined : Math.min(...named.map(Number));
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
  /** Operations that it has in preview. Of released ones, it takes that, too. */
  readonly previews: Set<string>;
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
  const versions: ServerVersions = { highest: undefined, until: 0, previews: new Set() };
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

/**
 * How the versions of an operation are lowered to the highest, if there is one; as a preview if the server has it in preview.
 * Throws {@link InvalidRequestError} if the server is too old for it.
 */
export function loweringTo(highest: number | undefined, operation: string, isPreview: boolean): Lowered {
  const most = highest ?? Number.POSITIVE_INFINITY;
  if (most < (NEEDED[operation] ?? 0)) {
    const message = `${operation} needs api-version ${NEEDED[operation]}, and this server has ${most.toFixed(1)}.`;
    throw new InvalidRequestError(message, { service: SERVICE });
  }
  return (text) =>
    text.replace(VERSION, (whole, name: string, version: string, preview?: string) => {
      if (Number(version) > most) return `${name}${most.toFixed(1)}${preview || isPreview ? '-preview' : ''}`;
      return isPreview && preview === undefined ? `${whole}-preview` : whole;
    });
}
