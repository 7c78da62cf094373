import { type Context, type ContextEvent, type ContextOptions, createContext } from '@context-sdk/context';
import { ContextSdkError, memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import { vi } from 'vitest';
import { fastForward } from '../support/fast-clock.ts';
import { type MortalProcess, mortalProcess } from '../support/mortal-store.ts';
import { nonsenseIn } from '../support/nonsense.ts';
import { BASE_URL, googleTokens, providersOf } from '../support/start-context.ts';
import { READONLY } from '../support/start-deliveries.ts';
import { type CallFault, type FailingStore, failingStore } from './faults.ts';

export type Provider = 'ticktick' | 'google' | 'azure-devops';
export const PROVIDERS: readonly Provider[] = ['ticktick', 'google', 'azure-devops'];
export const PROVIDER_OF: Readonly<Record<ContextEvent['source'], Provider>> = {
  ticktick: 'ticktick',
  'google-calendar': 'google',
  gmail: 'google',
  'azure-devops': 'azure-devops',
};

/** A calendar of the user's beside the primary one. */
export const OTHER_CALENDAR = 'other@group.calendar.google.com';

/** What came of a call. */
export type Outcome<T> = { value: T } | { error: ContextSdkError } | 'crashed';

/** A change in a service that has to be told, and how the event that tells it is recognized. */
export interface Expectation {
  source: ContextEvent['source'];
  what: string;
  isTold: (event: ContextEvent) => boolean;
}

interface HostProcess {
  context: Context;
  handler: ReturnType<Context['createHandler']>;
  mortal: MortalProcess;
  failing: FailingStore;
}

/** Two processes of a host on one store, one user, and the services. */
export class World {
  readonly sandbox: Sandbox;
  readonly store: RecordStore = memoryStore();
  /** What the host has handled, in order. */
  readonly events: ContextEvent[] = [];
  readonly expectations: Expectation[] = [];
  /** What requests held that only a missing value can have left there. */
  readonly nonsense: string[] = [];
  /** Providers whose changes the context follows: it has looked after them since they were connected. */
  readonly followed: Set<Provider> = new Set();
  /** Whether a crash or a failure of the store can have made the host hear an event twice. */
  mayRepeat: boolean = false;
  /** Events that the host's handler fails to handle next. */
  unhandled: number = 0;
  /** Deliveries that get lost next. */
  lostDeliveries: number = 0;
  readonly #push: boolean;
  readonly #options: Partial<ContextOptions>;
  readonly #processes: HostProcess[];
  #requests = 0;

  constructor(push: boolean, options: Partial<ContextOptions> = {}) {
    this.#push = push;
    this.#options = options;
    const deliver = async (url: string, init?: RequestInit): Promise<Response> => {
      this.lostDeliveries -= 1;
      if (this.lostDeliveries >= 0) return new Response(null, { status: 204 });
      const { handler, mortal } = this.#process(0);
      let response: Response | undefined;
      await mortal.untilDeath(handler(new Request(url, init)).then((answer) => (response = answer)));
      // A process that dies leaves the service without an answer.
      return response ?? new Response(null, { status: 502 });
    };
    this.sandbox = createSandbox({
      seed: 'empty',
      sleep: async () => undefined,
      ticktick: { rateLimits: [] },
      google: { deliver },
      azureDevOps: { seed: 'empty', deliver },
    });
    this.sandbox.google.testUser().calendar.addCalendar({ id: OTHER_CALENDAR, summary: 'Other' });
    this.#processes = [this.#start(), this.#start()];
  }

  get isBusy(): boolean {
    return this.#requests > 0;
  }

  /** One call in one of the processes, with a fault. Rejects for an error that is not typed. */
  async call<T>(
    index: number,
    fault: CallFault,
    work: (context: Context) => Promise<T>,
  ): Promise<Outcome<T>> {
    const { context, mortal, failing } = this.#process(index);
    this.#inject(fault, mortal, failing);
    const settled: { outcome: Outcome<T>; untyped?: { error: unknown } } = { outcome: 'crashed' };
    const done = (async () => {
      try {
        settled.outcome = { value: await work(context) };
      } catch (error) {
        if (error instanceof ContextSdkError) settled.outcome = { error };
        else settled.untyped = { error };
      }
    })();
    await fastForward(mortal.untilDeath(done), () => this.isBusy);
    if (settled.untyped !== undefined) throw settled.untyped.error;
    const { outcome } = settled;
    this.sandbox.faults.clear();
    failing.heal();
    mortal.diesAt = Number.POSITIVE_INFINITY;
    if (outcome === 'crashed') this.#processes[index] = this.#start();
    await this.settle();
    return outcome;
  }

  /** Until all deliveries are done. */
  async settle(): Promise<void> {
    const { google, azureDevOps } = this.sandbox;
    const settled = Promise.all([google.push.settled(), azureDevOps.hooks.settled()]);
    await fastForward(settled, () => this.isBusy);
  }

  /** Lets time pass on all clocks, also on the monotonic one by which a dead process's lease ends. */
  pass(minutes: number): void {
    vi.advanceTimersByTime(minutes * 60_000);
  }

  async connect(context: Context, provider: Provider): Promise<void> {
    const { connections } = context.user('ada');
    const { sandbox } = this;
    if (provider === 'ticktick') {
      await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    } else if (provider === 'google') {
      await connections.import('google', googleTokens(sandbox, [READONLY]), { account: { id: '1' } });
    } else {
      await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    }
  }

  /** From here on nothing is known of what is told of a provider's changes. */
  unfollow(provider: Provider): void {
    this.followed.delete(provider);
    const others = this.expectations.filter(({ source }) => PROVIDER_OF[source] !== provider);
    this.expectations.splice(0, this.expectations.length, ...others);
  }

  /** A change that has to be told, if the context follows the service. */
  expectEvent(source: ContextEvent['source'], what: string, isTold: Expectation['isTold']): void {
    if (this.followed.has(PROVIDER_OF[source])) this.expectations.push({ source, what, isTold });
  }

  #inject(fault: CallFault, mortal: MortalProcess, failing: FailingStore): void {
    if (fault.kind === 'crash') {
      mortal.arrives = fault.arrives;
      mortal.diesAt = mortal.steps + fault.at;
      this.mayRepeat = true;
    } else if (fault.kind === 'store-fails') {
      failing.failIn(fault.at, fault.arrives);
      this.mayRepeat = true;
    } else if (fault.kind === 'answer-lost') {
      this.sandbox.faults.inject({ kind: 'reset', when: 'after' }, { times: 1 });
    } else if (fault.kind === 'services-down') {
      this.sandbox.faults.inject({ kind: 'status', status: 503 }, { rate: 1 });
    }
  }

  #process(index: number): HostProcess {
    const process = this.#processes[index];
    if (process === undefined) throw new Error(`There is no process ${index}.`);
    return process;
  }

  #start(): HostProcess {
    const failing = failingStore(this.store);
    const mortal = mortalProcess(failing.store, async (input, init) => {
      this.#requests += 1;
      try {
        const request = new Request(input, init);
        this.nonsense.push(...(await nonsenseIn(request)));
        return await this.sandbox.fetch(request);
      } finally {
        this.#requests -= 1;
      }
    });
    const context = createContext({
      store: mortal.store,
      baseUrl: BASE_URL,
      push: this.#push,
      providers: providersOf(this.sandbox),
      rateLimiter: memoryRateLimiter(),
      retry: IMPATIENT,
      fetch: mortal.fetch,
      onEvent: (event) => {
        this.unhandled -= 1;
        if (this.unhandled >= 0) throw new Error('The host is down.');
        this.events.push(event);
      },
      ...this.#options,
    });
    return { context, handler: context.createHandler({ getUserId: () => 'ada' }), mortal, failing };
  }
}
