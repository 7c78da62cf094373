import { disturb } from '../faults/disturb.ts';
import type { FaultRules } from '../faults/fault-rules.ts';
import type { Journal } from '../state/journal.ts';
import type { Sleep } from '../time/clock.ts';
import { networkFailure } from './network-failure.ts';
import { notEmulated } from './not-emulated.ts';
import type { RequestLog } from './request-log.ts';
import { type EmulatedService, readRequest } from './service.ts';

/** One request in, one answer out; rejects as `fetch` does when there is no answer. */
export type Exchange = (request: Request) => Promise<Response>;

export interface ExchangeParts {
  readonly services: readonly EmulatedService[];
  readonly faults: FaultRules;
  readonly log: RequestLog;
  /** Keeps what changes something; without it, the sandbox can't be saved. */
  readonly journal?: Journal | undefined;
  readonly sleep: Sleep;
}

/** Finds the service for the host, records the request, and answers it with the faults that were asked for. */
export function createExchange({ services, faults, log, journal, sleep }: ExchangeParts): Exchange {
  const serviceOf = new Map(services.flatMap((service) => service.hosts.map((host) => [host, service])));
  return async (request) => {
    request.signal.throwIfAborted();
    const incoming = await readRequest(request);
    const service = serviceOf.get(incoming.host);
    if (!service) throw networkFailure('ENOTFOUND', `getaddrinfo ENOTFOUND ${incoming.host}`);
    const pending = service.receive(incoming);
    const record = log.arrived(incoming, pending.operation);
    try {
      const chosen = faults.choose(incoming, pending.operation);
      const response = await disturb(chosen, { sleep, signal: request.signal }, async () => {
        const answer = await pending.answer();
        const {
          account,
          response: { status },
        } = answer;
        if (account !== undefined) {
          record.account = account;
          journal?.keep(incoming, pending.operation ?? '', { account, status, at: record.at });
        }
        const isUnknown = pending.operation === undefined && answer.response.status === 404;
        return isUnknown ? notEmulated(incoming) : answer.response;
      });
      record.status = response.status;
      return response;
    } finally {
      pending.finished?.();
    }
  };
}
