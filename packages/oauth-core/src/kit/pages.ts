import { UnexpectedResponseError } from '../errors/index.ts';

/**
 * The pages of a list, one request each, until a page names no next one. Throws {@link UnexpectedResponseError} where a
 * page names one that was read already, which would never end.
 */
export async function* pages<Page>(
  service: string,
  request: (pageToken: string | undefined) => Promise<Page>,
  nextPageToken: (page: Page) => string | undefined,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  for (let pageToken: string | undefined; ;) {
    const page = await request(pageToken);
    yield page;
    pageToken = nextPageToken(page);
    if (pageToken === undefined) return;
    if (seen.has(pageToken)) {
      throw new UnexpectedResponseError(`${service} names the same next page twice.`, { service });
    }
    seen.add(pageToken);
  }
}
