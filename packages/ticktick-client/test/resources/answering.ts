import { TickTickClient } from '@context-sdk/ticktick-client';

type Fetch = typeof fetch;

/** A client of a service that is one function. */
export function clientOf(answer: (request: Request) => Response | Promise<Response>): TickTickClient {
  const fetch: Fetch = async (input, init) => answer(new Request(input, init));
  const retry = { minDelayMs: 1, maxDelayMs: 1 };
  return new TickTickClient({ auth: 'token', fetch, limits: [], retry });
}

/** A client whose every request is answered with this text, and what it was asked. */
export function answering(body: string): { client: TickTickClient; asked: Request[] } {
  const asked: Request[] = [];
  const client = clientOf((request) => {
    asked.push(request);
    return new Response(body);
  });
  return { client, asked };
}

/** No id that may stand in a path. */
export const BAD_IDS: unknown[] = ['', '..', 'a/b', '%2e%2e', 'a b', 'a?b', 'x'.repeat(129), undefined, 7];

export const UNKNOWN_ID = '0123456789abcdef01234567';
