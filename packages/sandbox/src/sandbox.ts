import type { RequestHandler } from 'msw';
import type { AzureDevOpsControl } from './azure-devops/control.ts';
import type { AzureDevOpsOptions } from './azure-devops/options.ts';
import type { Clock, SandboxClock } from './clock.ts';
import type { Fault, FaultRule, FaultScope, InjectedFault } from './faults/fault.ts';
import type { GoogleControl } from './google/control.ts';
import type { GoogleOptions } from './google/options.ts';
import type { Listener } from './http/listen.ts';
import type { RecordedRequest } from './http/request-log.ts';
import type { Sleep } from './sleep.ts';
import type { TickTickControl } from './ticktick/control.ts';
import type { TickTickOptions } from './ticktick/options.ts';
import type { Seed } from './ticktick/seed/seed-account.ts';

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** What the accounts hold at first. Default: `demo`. */
  seed?: Seed;
  /** What the sandbox's clock goes by. Default: the system's. `{ now: () => 0 }` stands still until advanced. */
  clock?: Clock;
  /** ticktick.com and api.ticktick.com. */
  ticktick?: TickTickOptions;
  /** dida365.com and api.dida365.com, with apps, accounts and tokens of their own. */
  dida365?: TickTickOptions;
  /** accounts.google.com, oauth2.googleapis.com, www.googleapis.com (Calendar), gmail.googleapis.com. */
  google?: GoogleOptions;
  /** dev.azure.com, *.visualstudio.com and login.microsoftonline.com. */
  azureDevOps?: AzureDevOpsOptions;
  /** Faults from the start. */
  faults?: readonly FaultRule[];
  /** Makes faults with a `rate` strike other requests. Default: 1. */
  randomSeed?: number;
  /** Waits between webhook attempts and for latency. Default: real time. */
  sleep?: Sleep;
}

/** The emulated services. Nothing runs until it is asked for, and only `listen` has to be closed. */
export interface Sandbox {
  /**
   * Answers requests to the real host names as `fetch` would, but follows no redirect. Rejects with a `TypeError`
   * ("fetch failed"), whose cause has the code ENOTFOUND for any other host, and ECONNRESET where a fault says so.
   */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Handlers for `setupServer` and its like. Needs msw 3 to be installed. */
  mswHandlers(): Promise<RequestHandler[]>;
  /** Serves on 127.0.0.1, by default on a free port; the real host name is the first path segment. */
  listen(options?: { port?: number }): Promise<Listener>;
  readonly clock: SandboxClock;
  readonly faults: {
    /** By default the fault strikes the next request. */
    inject(fault: Fault, scope?: FaultScope): InjectedFault;
    /** Removes every fault. */
    clear(): void;
  };
  /** Every request that arrived, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets the requests so far. */
  clearRequests(): void;
  readonly ticktick: TickTickControl;
  readonly dida365: TickTickControl;
  readonly google: GoogleControl;
  readonly azureDevOps: AzureDevOpsControl;
}
