import type { RequestHandler } from 'msw';
import type { Exchange } from './exchange.ts';
import { isNetworkFailure } from './network-failure.ts';

/** One msw handler per host name. A broken connection becomes msw's network error. */
export async function mswHandlers(hosts: readonly string[], exchange: Exchange): Promise<RequestHandler[]> {
  const { http, HttpResponse } = await import('msw');
  return hosts.map((host) =>
    http.all(`https://${host}/*`, async ({ request }) => {
      try {
        return await exchange(request);
      } catch (error) {
        if (isNetworkFailure(error)) return HttpResponse.error();
        throw error;
      }
    }),
  );
}
