import type { IncomingMessage } from 'node:http';
import { isServiceHost } from './families.ts';

/** The header in which {@link fetchFrom} names the real host; without the path prefix, and for programs that can't set Host. */
export const REAL_HOST_HEADER = 'x-sandbox-host';

/** Where a request was meant to go. */
export interface RealAddress {
  readonly host: string;
  /** With the query. */
  readonly path: string;
  /** Whether the program knows the real host only: addresses in the response stay as they are. */
  readonly usesRealNames: boolean;
}

/** Paths that only one host has: Google's libraries drop the path of a `rootUrl`. */
const HOST_OF_PATH: readonly [path: RegExp, host: string][] = [
  [/^\/(?:upload\/|batch\/)?calendar\/v3\//, 'www.googleapis.com'],
  [/^\/(?:batch\/calendar\/v3|oauth2\/v[123]\/|oauth2\/v4\/token)/, 'www.googleapis.com'],
  [/^\/(?:batch(?:$|\?)|(?:upload\/|batch\/|resumable\/upload\/)?gmail\/v1)/, 'gmail.googleapis.com'],
  [/^\/o\/oauth2\//, 'accounts.google.com'],
  [/^\/open\/v1\//, 'api.ticktick.com'],
];

/** Reads a request's real address: by its header, its Host, its port (`hostOfPort`), its first segment, or its path. */
export function realAddress(
  { url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
  hosts: ReadonlySet<string>,
  hostOfPort?: string,
): RealAddress | undefined {
  const named = headers[REAL_HOST_HEADER] ?? headers.host?.replace(/:443$/, '');
  if (typeof named === 'string' && (headers[REAL_HOST_HEADER] !== undefined || isServiceHost(named))) {
    return { host: named, path: url, usesRealNames: true };
  }
  if (hostOfPort !== undefined) return { host: hostOfPort, path: url, usesRealNames: false };
  const [, first = '', rest = ''] = /^\/+([^/?]+)(.*)$/.exec(url) ?? [];
  if (hosts.has(first) || (first.includes('.') && !first.startsWith('.'))) {
    return { host: first, path: rest.startsWith('/') ? rest : `/${rest}`, usesRealNames: false };
  }
  const found = HOST_OF_PATH.find(([path, host]) => path.test(url) && hosts.has(host));
  return found && { host: found[1], path: url, usesRealNames: false };
}
