import { type CallOptions, type Listing, listing, oneDeadline } from '@context-sdk/oauth-core';
import type { Answer } from '../requests/answer.ts';
import { pages } from '../requests/pages.ts';
import { SERVICE } from './service.ts';

/** Every item of a list of Gmail, page by page; a deadline is one for all pages of an iteration. */
export function listAll<T extends { id: string }>(
  name: string,
  options: CallOptions | undefined,
  request: (page: { pageToken?: string }, call: CallOptions | undefined) => Promise<Answer>,
): Listing<T> {
  return listing(async function* () {
    const call = oneDeadline(options, SERVICE);
    const read = (pageToken: string | undefined): Promise<Answer> =>
      request(pageToken === undefined ? {} : { pageToken }, call);
    for await (const page of pages(read)) yield* page.list<T>(name, 'id');
  });
}
