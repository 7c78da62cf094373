import { bodyTerminated, networkFailure } from '../http/network-failure.ts';
import { emptyResponse, jsonResponse } from '../http/responses.ts';
import type { Sleep } from '../time/clock.ts';
import type { ChosenFaults } from './fault-rules.ts';
import type { Fault } from './fault.ts';

/** Lets the service answer, with the chosen faults around it. */
export async function disturb(
  { latencyMs, fault }: ChosenFaults,
  { sleep, signal }: { sleep: Sleep; signal: AbortSignal },
  answer: () => Promise<Response>,
): Promise<Response> {
  if (latencyMs > 0) await sleep(latencyMs, signal);
  const isAfter = fault?.kind !== undefined && 'when' in fault && fault.when === 'after';
  const replacement = replacementFor(fault);
  if (replacement && !isAfter) return replacement;
  if (fault?.kind === 'reset' && fault.when === 'before') throw connectionReset();
  const response = await answer();
  if (replacement) return replacement;
  if (fault?.kind === 'reset') throw connectionReset();
  return fault?.kind === 'cut-body' ? cutBody(response) : response;
}

/** What is answered in place of the service's own answer. */
function replacementFor(fault: ChosenFaults['fault']): Response | undefined {
  if (fault?.kind === 'status') return statusResponse(fault);
  if (fault?.kind !== 'page') return undefined;
  const headers = { 'content-type': 'text/html;charset=UTF-8' };
  return new Response('<!doctype html><title>Maintenance</title>', { status: fault.status, headers });
}

function connectionReset(): TypeError {
  return networkFailure('ECONNRESET', 'read ECONNRESET');
}

function statusResponse({ status, retryAfter, body }: Extract<Fault, { kind: 'status' }>): Response {
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return body === undefined ? emptyResponse(status, headers) : jsonResponse(body, status, headers);
}

/** The same answer, whose body ends halfway and then fails. */
async function cutBody(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  if (whole.length === 0) return new Response(null, { status, headers });
  return new Response(halfOf(whole), { status, headers });
}

function halfOf(whole: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream(
    {
      pull: (controller) => {
        if (sent) controller.error(bodyTerminated());
        else controller.enqueue(whole.subarray(0, Math.ceil(whole.length / 2)));
        sent = true;
      },
    },
    { highWaterMark: 0 },
  );
}
