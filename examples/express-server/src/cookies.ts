import type { CookieOptions, Request, Response } from 'express';

/** Cookies that scripts can't read and other sites can't set: `__Host-` wherever there is https. */
export class Cookie {
  readonly #name: string;
  readonly #options: CookieOptions;

  constructor(name: string, backendUrl: URL, maxAgeMs: number) {
    const secure = backendUrl.protocol === 'https:';
    this.#name = secure ? `__Host-${name}` : name;
    this.#options = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: maxAgeMs };
  }

  read(request: Request): string | undefined {
    const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
    return pairs.find(([name]) => name === this.#name)?.[1];
  }

  set(response: Response, value: string): void {
    response.cookie(this.#name, value, this.#options);
  }

  clear(response: Response): void {
    const { maxAge: _, ...options } = this.#options;
    response.clearCookie(this.#name, options);
  }
}

/** 256 random bits, for a cookie. */
export function randomValue(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
}
