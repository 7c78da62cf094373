import { pages, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { NetworkError, ServiceUnavailableError } from '@context-sdk/oauth-core/errors';
import type { LibraryParams } from '../../wire.ts';
import { SERVICE } from '../errors.ts';
import type { CalendarCall, CalendarOperationName } from '../operations.ts';

/** The pages of a list. One that fails although its request was retried is read once more: those before it are kept. */
export function resumedPages(
  call: CalendarCall,
  name: CalendarOperationName,
  params: LibraryParams,
  firstPageToken?: string,
): AsyncGenerator<ServiceResponse> {
  const read = async (pageToken = firstPageToken): Promise<ServiceResponse> =>
    await call.send(name, { params: { ...params, pageToken } });
  return pages(
    SERVICE,
    async (pageToken) => {
      try {
        return await read(pageToken);
      } catch (error) {
        const isPassing = error instanceof ServiceUnavailableError || error instanceof NetworkError;
        if (pageToken === undefined || !isPassing || call.signal?.aborted) throw error;
        return await read(pageToken);
      }
    },
    (page) => page.text('nextPageToken'),
  );
}
