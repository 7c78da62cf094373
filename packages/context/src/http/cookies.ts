/** Cookies that scripts can't read and other sites can't set: `__Host-` wherever there is https. */
export interface SecureCookie {
  name: string;
  set(value: string, maxAgeSeconds: number): string;
  clear(): string;
}

export function secureCookie(name: string, baseUrl: string): SecureCookie {
  const isSecure = baseUrl.startsWith('https:');
  const fullName = isSecure ? `__Host-${name}` : name;
  const set = (value: string, maxAgeSeconds: number): string =>
    `${fullName}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return { name: fullName, set, clear: () => set('', 0) };
}

/** The value of a cookie in a `Cookie` header; of several with one name the first, which is the one with the longest path. */
export function readCookie(cookies: string | null | undefined, name: string): string | undefined {
  for (const pair of (cookies ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
