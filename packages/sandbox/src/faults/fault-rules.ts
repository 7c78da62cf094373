import type { ServiceRequest } from '../http/service.ts';
import type { Random } from '../random.ts';
import type { Fault, FaultRule, FaultScope, InjectedFault } from './fault.ts';

interface ActiveFault {
  readonly fault: Fault;
  readonly scope: FaultScope;
  readonly times: number;
  hits: number;
}

/** What strikes one request: latencies add up, of the other faults the first one counts. */
export interface ChosenFaults {
  readonly latencyMs: number;
  readonly fault: Exclude<Fault, { kind: 'latency' }> | undefined;
}

/** The faults that are in force. */
export class FaultRules {
  readonly #random: Random;
  #active: ActiveFault[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  inject(fault: Fault, scope: FaultScope = {}): InjectedFault {
    const times = scope.times ?? (scope.rate === undefined ? 1 : Number.POSITIVE_INFINITY);
    const active: ActiveFault = { fault, scope, times, hits: 0 };
    this.#active.push(active);
    return {
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#active = this.#active.filter((other) => other !== active);
      },
    };
  }

  /** Those that can still strike, with how often they did. */
  get active(): readonly (FaultRule & { hits: number })[] {
    return this.#active
      .filter(({ hits, times }) => hits < times)
      .map(({ fault, scope, hits }) => ({ fault, scope, hits }));
  }

  clear(): void {
    this.#active = [];
  }

  choose(request: ServiceRequest, operation: string | undefined): ChosenFaults {
    let latencyMs = 0;
    let chosen: ChosenFaults['fault'];
    for (const active of this.#active) {
      const { fault } = active;
      if (fault.kind !== 'latency' && chosen) continue;
      if (!this.#strikes(active, request, operation)) continue;
      active.hits += 1;
      if (fault.kind === 'latency') latencyMs += fault.ms;
      else chosen = fault;
    }
    return { latencyMs, fault: chosen };
  }

  #strikes(active: ActiveFault, request: ServiceRequest, operation: string | undefined): boolean {
    if (active.hits >= active.times || !isInScope(active.scope, request, operation)) return false;
    return active.scope.rate === undefined || this.#random.chance(active.scope.rate);
  }
}

function isInScope(scope: FaultScope, request: ServiceRequest, operation: string | undefined): boolean {
  const { path } = scope;
  return (
    (scope.host === undefined || scope.host === request.host) &&
    (scope.method === undefined || scope.method === request.method) &&
    (path === undefined || (typeof path === 'string' ? path === request.path : path.test(request.path))) &&
    (scope.operation === undefined || [scope.operation].flat().includes(operation ?? ''))
  );
}
