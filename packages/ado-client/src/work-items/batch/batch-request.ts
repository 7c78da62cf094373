import { unexpected } from '../../errors.ts';
import type { WorkItemWriteOptions } from '../../model/options.ts';
import type { PatchOperation } from '../../patches/field-operations.ts';
import type { AdoCall } from '../../wire.ts';
import { batchOutcomes, type WorkItemOutcome } from './batch-outcome.ts';

/** One request inside a `$batch`. */
export interface BatchRequest {
  method: 'PATCH';
  uri: string;
  headers: Record<string, string>;
  body: readonly PatchOperation[];
}

function query({ validateOnly, bypassRules, suppressNotifications, expand }: WorkItemWriteOptions): string {
  const given = { validateOnly, bypassRules, suppressNotifications, $expand: expand };
  const parameters = new URLSearchParams({ 'api-version': '7.1' });
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.toString();
}

/** `path` follows the organization's URL, and its values are escaped. */
export function batchRequest(
  path: string,
  body: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): BatchRequest {
  return {
    method: 'PATCH',
    uri: `${path}?${query(options)}`,
    headers: { 'Content-Type': 'application/json-patch+json' },
    body,
  };
}

/** Sends many requests as one. Each succeeds or fails by itself, in order. */
export async function sendBatch(
  call: AdoCall,
  operation: 'workItems.createMany' | 'workItems.updateMany',
  requests: readonly BatchRequest[],
): Promise<WorkItemOutcome[]> {
  const response = await call.send(operation, { json: requests });
  const outcomes = batchOutcomes(operation, response.member('value').list());
  if (outcomes.length === requests.length) return outcomes;
  throw unexpected(`answered ${outcomes.length} of the ${requests.length} requests of ${operation}`, 'value');
}
