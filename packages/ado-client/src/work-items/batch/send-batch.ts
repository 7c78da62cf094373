import type { CallOptions } from '@context-sdk/oauth-core';
import type { Transport } from '../../requests/transport.ts';
import { unexpected } from '../../requests/unexpected.ts';
import { batchOutcomes, type WorkItemOutcome } from './batch-outcome.ts';
import type { BatchRequest } from './batch-request.ts';

/** Sends many requests as one. Each succeeds or fails by itself, in order. */
export async function sendBatch(
  transport: Transport,
  operation: string,
  requests: readonly BatchRequest[],
  options: CallOptions,
): Promise<WorkItemOutcome[]> {
  const answer = await transport.direct(
    { name: operation, safety: 'unsafe' },
    { method: 'POST', path: '_apis/wit/$batch', apiVersion: '7.1', json: requests },
    options,
  );
  const outcomes = batchOutcomes(operation, answer.list());
  if (outcomes.length === requests.length) return outcomes;
  throw unexpected(`answered ${outcomes.length} of the ${requests.length} requests of ${operation}`, 'value');
}
