import type { ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { ApiError } from '@context-sdk/oauth-core/errors';
import { unexpected } from '../../errors.ts';
import type { WorkItemWriteOptions } from '../../model/options.ts';
import type { PatchOperation } from '../../patches/field-operations.ts';
import { withReferenceName } from '../../requests/reference-name.ts';
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

type BatchOperation = 'workItems.createMany' | 'workItems.updateMany';

/** The whole batch failed because of some of its requests, and nothing of it was done (docs/facts/azure-devops.md#batches). */
function isAboutTheWhole(error: unknown): boolean {
  return error instanceof ApiError && error.serviceCode === 'TF401321';
}

/** Whether requests are only to be validated: those of a batch all are, or none. */
function areValidated([first]: readonly BatchRequest[]): boolean {
  return first !== undefined && /[?&]validateOnly=true\b/.test(first.uri);
}

/** One outcome per request; undefined where the batch failed as a whole and doesn't say because of which. */
async function answersTo(
  call: AdoCall,
  operation: BatchOperation,
  requests: readonly BatchRequest[],
): Promise<WorkItemOutcome[] | undefined> {
  const isValidated = areValidated(requests);
  let response: ServiceResponse;
  try {
    response = await call.send(operation, { json: requests }, { safety: isValidated ? 'safe' : 'unsafe' });
  } catch (error) {
    if (!isAboutTheWhole(error)) throw error;
    return requests.length > 1 ? undefined : [{ status: 'failed', error: error as ApiError }];
  }
  const { value } = response.member('value');
  if (!Array.isArray(value)) throw unexpected(`answered ${operation} without a list`, 'value');
  const outcomes = batchOutcomes(operation, value, isValidated);
  if (outcomes.length === requests.length)
    return outcomes.map((outcome, index) => named(outcome, requests[index]?.body ?? []));
  if (outcomes.some((one) => one.status === 'failed' && isAboutTheWhole(one.error))) return undefined;
  throw unexpected(`answered ${outcomes.length} of the ${requests.length} requests of ${operation}`, 'value');
}

function named(outcome: WorkItemOutcome, patch: readonly PatchOperation[]): WorkItemOutcome {
  if (outcome.status === 'ok') return outcome;
  return { ...outcome, error: withReferenceName(outcome.error, patch) };
}

/** Sends each half by itself, to find the requests that the whole failed because of. */
async function sendHalves(
  call: AdoCall,
  operation: BatchOperation,
  requests: readonly BatchRequest[],
): Promise<WorkItemOutcome[]> {
  const middle = Math.ceil(requests.length / 2);
  const first = await sendBatch(call, operation, requests.slice(0, middle));
  return [...first, ...(await sendBatch(call, operation, requests.slice(middle)))];
}

/**
 * Sends many requests as one, and gives one outcome each, in order. Usually each succeeds or fails by itself; where the
 * whole fails because of some, the others are sent again without them.
 */
export async function sendBatch(
  call: AdoCall,
  operation: BatchOperation,
  requests: readonly BatchRequest[],
): Promise<WorkItemOutcome[]> {
  const outcomes = await answersTo(call, operation, requests);
  if (outcomes === undefined) return await sendHalves(call, operation, requests);
  const isWhole = outcomes.map((one) => one.status === 'failed' && isAboutTheWhole(one.error));
  if (!isWhole.includes(true) || requests.length === 1) return outcomes;
  const isBad = outcomes.map((one, index) => one.status !== 'ok' && !isWhole[index]);
  if (!isBad.includes(true)) return await sendHalves(call, operation, requests);
  const again = requests.filter((_, index) => !isBad[index]);
  const answers = await sendBatch(call, operation, again);
  return outcomes.flatMap((one, index) => (isBad[index] ? one : (answers.shift() ?? [])));
}
