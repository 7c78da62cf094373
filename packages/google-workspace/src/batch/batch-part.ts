/** One request inside of a batch. */
export interface BatchPart {
  method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** Behind the API's base URL, with its ids encoded: `/calendars/primary/events`. */
  path: string;
  /** Parameters that are undefined are left out. */
  params?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>> | undefined;
  /** Sent as JSON. */
  json?: object | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Whether sending it again after it was carried out is refused: the etag no longer fits. */
export function isConditional({ headers }: Pick<BatchPart, 'headers'>): boolean {
  return headers?.['If-Match'] !== undefined;
}

/** What Google answered to one part. */
export interface PartResponse {
  status: number;
  headers: Headers;
  body: string;
}
