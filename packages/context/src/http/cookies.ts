import { sha256 } from '@context-sdk/oauth-core/client-kit';

/** A cookie that scripts cannot read. On https it is a `__Host-` cookie, which other sites cannot set. */
export interface SecureCookie {
  name: string;
  /** The `Set-Cookie` header that sets the cookie. */
  set(value: string, maxAgeSeconds: number): string;
  /** The `Set-Cookie` header that deletes the cookie. */
  clear(): string;
}

/** Defines a cookie. */
export function secureCookie(name: string, baseUrl: string): SecureCookie {
  const isSecure = baseUrl.startsWith('https:');
  const fullName = isSecure ? `__Host-${name}` : name;
  const set = (value: string, maxAgeSeconds: number): string =>
    `${fullName}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return { name: fullName, set, clear: () => set('', 0) };
}

/**
 * The cookie that binds a sign-in to the browser that began it. Each sign-in has its own, named after its state, so that
 * two tabs do not interfere.
 */
export async function signInCookie(state: string, baseUrl: string): Promise<SecureCookie> {
  const hash = await sha256(state);
  return secureCookie(`sign-in-${hash.slice(0, 16)}`, baseUrl);
}

/**
 * Reads a cookie from a `Cookie` header. Names are compared exactly, after removing spaces and tabs only: browsers keep other
 * white space, so a sibling domain can set `\u00a0__Host-session` (https://github.com/cloudflare/cloudflare-docs/pull/30255).
 * `undefined` if there are two cookies of this name, since one of them was planted.
 */
export function readCookie(cookies: string | null | undefined, name: string): string | undefined {
  const values = (cookies ?? '')
    .split(';')
    .map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}
