import type { ContextHandler } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';

/** A browser in front of one host and the emulated services: follows redirects and keeps each host's cookies. */
export class Browser {
  readonly #handler: ContextHandler;
  readonly #sandbox: Pick<Sandbox, 'fetch'>;
  readonly #cookies = new Map<string, Map<string, string>>();
  /** Every address that was visited: what a browser's history would hold. */
  readonly history: string[] = [];
  /** `Set-Cookie` headers of the host, as they came. */
  readonly setCookies: string[] = [];

  constructor(handler: ContextHandler, sandbox: Pick<Sandbox, 'fetch'>) {
    this.#handler = handler;
    this.#sandbox = sandbox;
  }

  /** A cookie of the host's own. */
  setCookie(name: string, value: string): void {
    const { hostname } = new URL(this.#handler.baseUrl);
    this.#cookies.set(hostname, (this.#cookies.get(hostname) ?? new Map<string, string>()).set(name, value));
  }

  /** One request, without following where it leads. */
  async ask(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.#handler.baseUrl);
    this.history.push(url.href);
    const isHost = url.origin === new URL(this.#handler.baseUrl).origin;
    const headers = { accept: 'text/html', cookie: this.#cookiesFor(url), ...init.headers };
    const request = new Request(url, { ...init, headers });
    const response = await (isHost ? this.#handler(request) : this.#sandbox.fetch(request));
    if (isHost) this.setCookies.push(...response.headers.getSetCookie());
    this.#keepCookies(url, response);
    return response;
  }

  /** Follows redirects until `until` says stop, or a page, or a path that is not the handler's. */
  async visit(
    address: string | URL,
    until: (url: URL) => boolean = () => false,
  ): Promise<{ url: URL; response: Response }> {
    let url = new URL(address, this.#handler.baseUrl);
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await this.ask(url);
      const location = response.headers.get('location');
      if (location === null) return { url, response };
      url = new URL(location, url);
      const isOver = url.origin === new URL(this.#handler.baseUrl).origin && !this.#handler.handles(url.href);
      if (isOver || until(url)) return { url, response };
    }
    throw new Error('The redirects went in circles.');
  }

  #cookiesFor({ hostname }: URL): string {
    return [...(this.#cookies.get(hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies({ hostname }: URL, response: Response): void {
    const jar = this.#cookies.get(hostname) ?? new Map<string, string>();
    this.#cookies.set(hostname, jar);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
  }
}

export function isCallback(url: URL): boolean {
  return url.pathname.endsWith('/callback');
}
