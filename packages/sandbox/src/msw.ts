import { http, HttpResponse, type RequestHandler } from 'msw';
import { isNetworkFailure } from './http/network-failure.ts';
import type { SandboxBase } from './sandbox-base.ts';

/**
 * Handlers for msw's `setupServer` and the like: one for each real host name of the sandbox. A connection that breaks in
 * the sandbox becomes msw's network error.
 */
export function mswHandlers(sandbox: Pick<SandboxBase, 'fetch' | 'hosts'>): RequestHandler[] {
  return sandbox.hosts.map((host) =>
    http.all(`https://${host}/*`, async ({ request }) => {
      try {
        return await sandbox.fetch(request);
      } catch (error) {
        if (isNetworkFailure(error)) return HttpResponse.error();
        throw error;
      }
    }),
  );
}
