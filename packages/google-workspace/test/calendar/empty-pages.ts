import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { Sandbox } from '@context-sdk/sandbox';

/** A client of a Google whose lists of instances begin with an empty page, as its documentation says that any may. */
export function withEmptyFirstPages(sandbox: Sandbox): GoogleCalendarClient {
  return new GoogleCalendarClient({
    auth: sandbox.google.issueToken().accessToken,
    limits: [],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      if (!url.pathname.endsWith('/instances')) return await sandbox.fetch(request);
      if (url.searchParams.get('pageToken') !== 'empty')
        return Response.json({ items: [], nextPageToken: 'empty' });
      url.searchParams.delete('pageToken');
      return await sandbox.fetch(new Request(url, request));
    },
  });
}
