import {
  isObject,
  isPage,
  loadedOnce,
  omitUndefined,
  type Operation,
  pages,
  type ServiceResponse,
  type Wire,
} from '@context-sdk/oauth-core/client-kit';
import { ConfigurationError, ContextSdkError, UnexpectedResponseError } from '@context-sdk/oauth-core/errors';
import type { BatchPart } from './batch/batch-part.ts';
import type { BatchRoute } from './batch/batch-request.ts';

/** An operation that one of Google's libraries sends. */
export interface GoogleOperation extends Operation {
  /** The method in Google's library, by its id in the discovery document: `events.insert`. `batch` for batches. */
  readonly library: string;
  /** From the discovery document. One is enough; the first is the one to ask for. */
  readonly scopes: readonly string[];
}

/** Parameters of the path and of the query, by Google's names. Those that are undefined are left out. */
export type LibraryParams = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** What a method of Google's library is called with. */
export interface LibraryRequest {
  params?: LibraryParams;
  /** Sent as JSON. */
  json?: object;
  headers?: Readonly<Record<string, string>>;
  /** The requests of a batch. Google's library sends none. */
  batch?: readonly BatchPart[];
}

/** How Google's library is loaded, and where it sends requests. */
export interface LibrarySource {
  /** Makes Google's client. Called with the first request: Google's library is larger than this package. */
  load: () => Promise<object>;
  root: string;
  /** Parameters of every request. */
  params?: LibraryParams;
  batches: BatchRoute;
}

type LibraryMethod = (parameters: object, options: object) => Promise<{ data?: unknown }>;

function methodOf(client: object, id: string): LibraryMethod {
  const names = id.split('.');
  const name = names.pop() ?? '';
  const resource = names.reduce<unknown>(
    (parent, child) => (isObject(parent) ? parent[child] : undefined),
    client,
  );
  const method = isObject(resource) ? resource[name] : undefined;
  if (typeof method !== 'function') throw new ConfigurationError(`The library of Google has no ${id}.`);
  return (parameters, options) => Reflect.apply(method, resource, [parameters, options]);
}

/** Sends requests through Google's library, which gets our `fetch` and sends them to the client's base URL. */
export function libraryWire({
  load,
  root,
  params: common,
  batches,
}: LibrarySource): Wire<GoogleOperation, LibraryRequest> {
  const library = loadedOnce(load);
  return async ({ operation, request, baseUrl }, fetch) => {
    const { params, json, headers = {}, batch } = request;
    if (batch !== undefined) {
      const { fetchBatch } = await import('./batch/fetch-batch.ts');
      return await fetchBatch(batch, baseUrl, batches, fetch);
    }
    const method = methodOf(await library(), operation.library);
    const { data } = await method(omitUndefined({ ...common, ...params, requestBody: json }), {
      headers,
      // Google's own retries would multiply ours, and they ignore Retry-After.
      retry: false,
      fetchImplementation: (url: string | URL, init?: RequestInit) =>
        fetch(
          String(url).replace(root, () => baseUrl),
          init,
        ),
    });
    if (typeof data === 'string' && isPage(data)) throw new SyntaxError('The response is not JSON.');
    return data;
  };
}

/**
 * The pages of a list, one request each. A page may be empty. One that fails for a passing reason, although its request was
 * retried, or that can't be read, is read once more: the pages before it are kept.
 */
export function pagesOf<Name extends string>(
  service: string,
  call: {
    send(name: Name, request: LibraryRequest): Promise<ServiceResponse>;
    signal?: AbortSignal | undefined;
  },
  name: Name,
  params: LibraryParams,
  firstPageToken?: string,
): AsyncGenerator<ServiceResponse> {
  const read = async (pageToken = firstPageToken): Promise<ServiceResponse> => {
    const page = await call.send(name, { params: { ...params, pageToken } });
    page.object();
    return page;
  };
  return pages(
    service,
    async (pageToken) => {
      try {
        return await read(pageToken);
      } catch (error) {
        if (pageToken === undefined || !mayPass(error) || call.signal?.aborted) throw error;
        return await read(pageToken);
      }
    },
    (page) => page.text('nextPageToken'),
  );
}

function mayPass(error: unknown): boolean {
  return error instanceof UnexpectedResponseError || (error instanceof ContextSdkError && error.retryable);
}
