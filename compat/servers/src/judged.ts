interface Violation {
  location: readonly (string | number)[];
  message: string;
}

/** Of an answer that Prism gives itself, to a request at no address of the document. */
const NOWHERE = 'NO_PATH_MATCHED_ERROR';

/** What Prism says of the requests of one client, and of their answers. */
export class Judged {
  answers: number = 0;
  /** How often each was met. */
  readonly violations: Map<string, number> = new Map();

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const isDeletion = request.method === 'DELETE';
    // It is judged, and then refused: what a later call is about is still there.
    if (isDeletion) request.headers.delete('authorization');
    const response = await fetch(request);
    this.answers += 1;
    const what = `${request.method} ${pathname}`;
    for (const violation of JSON.parse(response.headers.get('sl-violations') ?? '[]') as Violation[])
      this.#note(`${what}: ${violation.location.join('.')} ${violation.message}`);
    if (response.status === 404 && (await response.clone().text()).includes(NOWHERE))
      this.#note(`${what}: not in the document`);
    return isDeletion ? new Response(null, { status: 204 }) : response;
  };

  #note(violation: string): void {
    this.violations.set(violation, (this.violations.get(violation) ?? 0) + 1);
  }
}
