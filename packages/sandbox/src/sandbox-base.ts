import { FaultRules } from './faults/fault-rules.ts';
import type { Fault, FaultRule, FaultScope, InjectedFault } from './faults/fault.ts';
import { createExchange } from './http/exchange.ts';
import { listen, type Listener, type ListenOptions } from './http/listen.ts';
import { type RecordedRequest, RequestLog } from './http/request-log.ts';
import type { EmulatedService } from './http/service.ts';
import { createRandom } from './random.ts';
import type { Seed } from './seed.ts';
import type { SpecViolation } from './spec/spec-check.ts';
import { Journal } from './state/journal.ts';
import type { SavedState } from './state/saved-state.ts';
import { type Clock, createClock, sleep as realSleep, type SandboxClock, type Sleep } from './time/clock.ts';

/** How a sandbox is set up, whichever services it emulates. */
export interface SandboxBaseOptions {
  /** What the accounts hold at first. Default: `demo`. */
  seed?: Seed;
  /** The clock below the sandbox's own. Default: the system's. `{ now: () => 0 }` stands still until advanced. */
  clock?: Clock;
  /** Faults from the start. */
  faults?: readonly FaultRule[];
  /** Makes faults with a `rate` strike other requests. Default: 1. */
  randomSeed?: number;
  /** Whether `save()` works: every request that changes something is kept. Default: false. */
  keepsState?: boolean;
  /** Whether requests that end up in `violations` are refused. Default: false. */
  strict?: boolean;
  /** Waits between webhook attempts and for latency. Default: real time. */
  sleep?: Sleep;
}

/** What every sandbox has. Nothing runs in the background, and only a listener has to be closed. */
export interface SandboxBase {
  /** The real host names that it answers for. */
  readonly hosts: readonly string[];
  /**
   * Answers requests to the real host names as `fetch` would, but follows no redirect. Rejects with a `TypeError`
   * ("fetch failed"); its cause has the code ENOTFOUND for any other host, and ECONNRESET if a fault says so.
   */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /**
   * Serves on 127.0.0.1, by default on a free port; the real host name is the first path segment. Addresses in responses
   * are the listener's; issuers and scopes, which are ids, stay.
   */
  listen(options?: ListenOptions): Promise<Listener>;
  readonly clock: SandboxClock;
  readonly faults: {
    /** By default the fault strikes the next request. */
    inject(fault: Fault, scope?: FaultScope): InjectedFault;
    /** Removes every fault. */
    clear(): void;
    /** Those that can still strike. */
    readonly active: readonly (FaultRule & { readonly hits: number })[];
  };
  /**
   * What a real service would have refused or mended, oldest first: see each service's control. With `strict` such a
   * request is refused.
   */
  readonly violations: readonly SpecViolation[];
  /** Every request that arrived, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets the requests so far. */
  clearRequests(): void;
  /**
   * What the sandbox holds, for `restoreSandbox`: the seed, and every request that changed something, as it was sent but
   * without its token. Changes by `testUser()` are not in it. Throws an Error without `keepsState`.
   */
  save(): SavedState;
}

/** What the emulated services share. */
export interface Surroundings {
  readonly seed: Seed;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly strict: boolean;
}

/** Services, and the handles by which tests reach them. */
export interface Emulation<Controls> {
  readonly services: readonly EmulatedService[];
  readonly controls: Controls;
  /** What requests had wrong, oldest first. */
  readonly violations: () => readonly SpecViolation[];
}

/** Emulates services and puts them behind one `fetch`, with faults and a log of their requests. */
export function createSandboxOf<Controls>(
  options: SandboxBaseOptions,
  emulate: (surroundings: Surroundings) => Emulation<Controls>,
): SandboxBase & Controls {
  const clock = createClock(options.clock);
  const { seed = 'demo', sleep = realSleep } = options;
  const { services, controls, violations } = emulate({ seed, clock, sleep, strict: options.strict ?? false });
  const faults = new FaultRules(createRandom(options.randomSeed ?? 1));
  for (const { fault, scope } of options.faults ?? []) faults.inject(fault, scope);
  const log = new RequestLog(clock);
  const journal = options.keepsState === true ? new Journal() : undefined;
  const startedAt = new Date(clock.now()).toISOString();
  const exchange = createExchange({ services, faults, log, journal, sleep });
  const hosts = services.flatMap((service) => service.hosts);
  return {
    hosts,
    fetch: async (input, init) => exchange(new Request(input, init)),
    listen: (listenOptions = {}) => listen({ exchange, hosts }, listenOptions),
    clock,
    faults: {
      inject: (fault, scope) => faults.inject(fault, scope),
      clear: () => faults.clear(),
      get active() {
        return faults.active;
      },
    },
    get violations() {
      return violations();
    },
    requests: log.entries,
    clearRequests: () => {
      log.entries.length = 0;
    },
    save: () => {
      if (!journal) throw new Error('The sandbox keeps no state: set keepsState.');
      return { seed, startedAt, requests: [...journal.entries] };
    },
    ...controls,
  };
}
