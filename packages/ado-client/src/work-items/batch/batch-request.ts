import type { WriteOptions } from '../options.ts';
import type { PatchOperation } from '../patch-operation.ts';

/** One request inside a `$batch`. */
export interface BatchRequest {
  method: 'PATCH';
  uri: string;
  headers: Record<string, string>;
  body: readonly PatchOperation[];
}

function query({ validateOnly, bypassRules, suppressNotifications, expand }: WriteOptions): string {
  const given = { validateOnly, bypassRules, suppressNotifications, $expand: expand };
  const parameters = new URLSearchParams({ 'api-version': '7.1' });
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) parameters.set(name, String(value));
  return parameters.toString();
}

/** `path` stands behind the organization's URL, and what is in it is encoded. */
export function batchRequest(
  path: string,
  body: readonly PatchOperation[],
  options: WriteOptions,
): BatchRequest {
  return {
    method: 'PATCH',
    uri: `/${path}?${query(options)}`,
    headers: { 'Content-Type': 'application/json-patch+json' },
    body,
  };
}
