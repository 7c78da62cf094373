import type { BatchPart, PartResponse } from './batch-part.ts';
import { batchRequest, type BatchRoute } from './batch-request.ts';
import { readBatch } from './batch-response.ts';

/** Sends a batch. Returns what Google answered to each part, in the order of the parts. */
export async function fetchBatch(
  parts: readonly BatchPart[],
  baseUrl: string,
  route: BatchRoute,
  fetch: typeof globalThis.fetch,
): Promise<(PartResponse | undefined)[]> {
  const { url, headers, body } = batchRequest(parts, baseUrl, route);
  const response = await fetch(url, { method: 'POST', headers, body });
  return readBatch(response.headers.get('content-type'), await response.text(), parts.length);
}
