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
 * Reads a cookie from a `Cookie` header. Names are compared exactly, after removing spaces and tabs only: browsers keep other
 * white space, so a sibling domain can set `\u00a0__Host-session` (https://github.com/cloudflare/cloudflare-docs/pull/30255).
 * `undefined` if there are two cookies of this name, since one of them was planted.
 */
export function readCookie(cookies: string | null | undefined, name: string): string | undefined {
  const values = cookiePairs(cookies).filter(([key]) => key === name);
  return values.length === 1 ? values[0]?.[1] : undefined;
}

/** The names of all cookies with this prefix, in the browser's order: the oldest first. */
export function cookieNames(cookies: string | null | undefined, prefix: string): string[] {
  const names = cookiePairs(cookies).map(([name]) => name);
  return [...new Set(names)].filter((name) => name.startsWith(prefix));
}

function cookiePairs(cookies: string | null | undefined): [name: string, value: string][] {
  return (typeof cookies === 'string' ? cookies : '').split(';').map((pair) => {
    const [name = '', ...value] = pair.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '').split('=');
    return [name, value.join('=')];
  });
}
