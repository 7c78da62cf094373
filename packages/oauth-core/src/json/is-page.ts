/**
 * Whether a body is a page, as proxies and services under maintenance send it. With status 200 it would look like the success of a
 * request whose response has no content.
 */
export function isPage(body: string): boolean {
  return /^\s*</.test(body);
}
