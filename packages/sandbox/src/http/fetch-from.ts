/**
 * A `fetch` for other processes: requests to the real host names go to a sandbox that listens at `url`, which is what
 * {@link Sandbox.listen} gave. Follows no redirect.
 */
export function fetchFrom(url: string): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    const { method, headers, body, signal } = request;
    const rest = { method, headers, signal, redirect: 'manual' } as const;
    return fetch(
      `${url}/${host}${pathname}${search}`,
      body === null ? rest : { ...rest, body, duplex: 'half' },
    );
  };
}
