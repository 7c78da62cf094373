import { networkFailure } from '../http/network-failure.ts';
import { emptyResponse, jsonResponse } from '../http/responses.ts';
import type { Sleep } from '../sleep.ts';
import { cutBody } from './cut-body.ts';
import type { Fault } from './fault.ts';
import type { ChosenFaults } from './fault-rules.ts';

/** Lets the service answer, with the chosen faults around it. */
export async function disturb(
  { latencyMs, fault }: ChosenFaults,
  { sleep, signal }: { sleep: Sleep; signal: AbortSignal },
  answer: () => Promise<Response>,
): Promise<Response> {
  if (latencyMs > 0) await sleep(latencyMs, signal);
  if (fault?.kind === 'status') return statusResponse(fault);
  if (fault?.kind === 'reset' && fault.when === 'before') throw connectionReset();
  const response = await answer();
  if (fault?.kind === 'reset') throw connectionReset();
  return fault?.kind === 'cut-body' ? cutBody(response) : response;
}

function connectionReset(): TypeError {
  return networkFailure('ECONNRESET', 'read ECONNRESET');
}

function statusResponse({ status, retryAfter, body }: Extract<Fault, { kind: 'status' }>): Response {
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return body === undefined ? emptyResponse(status, headers) : jsonResponse(body, status, headers);
}
