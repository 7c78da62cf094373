import type { Answer } from './answer.ts';

/** The pages of a list of Google, one request each, until no `nextPageToken` follows; a page may be empty. */
export async function* pages(
  request: (pageToken: string | undefined) => Promise<Answer>,
): AsyncGenerator<Answer> {
  let pageToken: string | undefined;
  do {
    const page = await request(pageToken);
    yield page;
    pageToken = page.text('nextPageToken');
  } while (pageToken !== undefined);
}
