/**
 * The URL of a request at `baseUrl`: only path and query come from the request. A path never names a host, also where a URL
 * parser would find one (`//evil.example`, `/\evil.example`).
 */
export function ownUrl(target: string, baseUrl: string): URL {
  const url = new URL(baseUrl);
  const [path = '', ...query] = pathAndQuery(target).replace(/#.*$/s, '').split('?');
  url.pathname = path;
  url.search = query.join('?');
  return url;
}

/** A URL's own path and query, and the root for anything that is neither a path nor a URL. */
function pathAndQuery(target: string): string {
  if (target.startsWith('/')) return target;
  const url = URL.parse(target);
  return url === null ? '/' : `${url.pathname}${url.search}`;
}
