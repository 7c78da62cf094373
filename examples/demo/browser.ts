import type { World } from './world.ts';

/** Goes through a sign-in as a user's browser does: follows redirects, keeps each host's cookies. */
export class Browser {
  readonly #world: Pick<World, 'handler' | 'sandbox'>;
  readonly #cookies = new Map<string, Map<string, string>>();
  /** Every address that was visited: what a browser's history would hold. */
  readonly history: string[] = [];
  /** Cookies that a script of the page could read. */
  readonly readableCookies: string[] = [];

  constructor(world: Pick<World, 'handler' | 'sandbox'>) {
    this.#world = world;
  }

  /** Follows redirects to the first page that is neither a service's nor a route of the handler. */
  async visit(address: string): Promise<URL> {
    const { handler, sandbox } = this.#world;
    let url = new URL(address, handler.baseUrl);
    for (let hops = 0; hops < 10; hops += 1) {
      this.history.push(url.href);
      const isHost = url.origin === handler.baseUrl;
      if (isHost && !handler.handles(url.href)) return url;
      const headers = { cookie: this.#cookiesFor(url), accept: 'text/html' };
      const response = await (isHost ? handler : sandbox.fetch)(new Request(url, { headers }));
      this.#keepCookies(url, response);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.pathname} answers ${response.status}.`);
      url = new URL(location, url);
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
      if (!/; *httponly/i.test(cookie)) this.readableCookies.push(name);
    }
  }
}
