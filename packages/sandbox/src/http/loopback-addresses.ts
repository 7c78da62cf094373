/** JSON properties whose value is an address to follow, such as `url`, `nextLink` or `token_endpoint`. Issuers aren't. */
const ADDRESS = /("\w*(?:url|uri|href|link|endpoint|location)"\s*:\s*")(https:\/\/[^/"?#]+)(?=["/?#])/gi;

/** An address on loopback with its first segment, and the part before that. */
const LOOPBACK = /(http:\/\/127\.0\.0\.1:\d+)(?:\/[\w.-]+)?/g;

/** The real addresses of hosts, and where a listener serves them. */
export class LoopbackAddresses {
  readonly #loopbackOf: ReadonlyMap<string, string>;
  readonly #realOf: ReadonlyMap<string, string>;

  constructor(hosts: Iterable<string>, urlOf: (host: string) => string) {
    this.#loopbackOf = new Map([...hosts].map((host) => [`https://${host}`, urlOf(host)]));
    this.#realOf = new Map([...this.#loopbackOf].map(([real, loopback]) => [loopback, real]));
  }

  /** Real addresses in a JSON text become those of the listener. Ids that look like addresses, such as scopes, stay. */
  toLoopback(json: string): string {
    return json.replaceAll(ADDRESS, (_, start: string, origin: string) => start + this.#of(origin));
  }

  /** The same for one address, such as a Location header. */
  addressToLoopback(address: string): string {
    return address.replace(/^https:\/\/[^/?#]+/, (origin) => this.#of(origin));
  }

  /** Addresses of the listener become real ones. */
  toReal(text: string): string {
    return text.replaceAll(LOOPBACK, (address, own: string) => {
      const real = this.#realOf.get(own);
      return real === undefined ? (this.#realOf.get(address) ?? address) : real + address.slice(own.length);
    });
  }

  #of(origin: string): string {
    return this.#loopbackOf.get(origin) ?? origin;
  }
}
