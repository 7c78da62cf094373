import type { Context } from '@context-sdk/context';
import type { RecordStore } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { startContext } from '../support/start-context.ts';
import type { Dice } from './dice.ts';

/** What goes wrong with a process. */
export interface Trouble {
  /** The share of the store's calls that fail, half of them after they took effect. */
  readonly storeFaults: number;
  /** Dies at this call to the store or a service, counted from now. */
  readonly diesAt?: number | undefined;
  /** Is stopped at this call, for so long. */
  readonly stallsAt?: number | undefined;
  readonly stallMs?: number | undefined;
}

/** Requests under way, over all processes. */
export interface Traffic {
  onRequest(host: string, by: HostProcess): () => void;
}

export const CALM: Trouble = { storeFaults: 0 };
const LATENCY_MS = 20;

/** One process of a host: a context of its own on the same store and services as others. It can stall and die. */
export class HostProcess {
  readonly context: Context;
  isDead = false;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  trouble: Trouble = CALM;
  /** Since its last trouble it was stopped. */
  hasStalled = false;
  readonly #shared: RecordStore;
  readonly #sandbox: Sandbox;
  readonly #dice: Dice;
  readonly #traffic: Traffic | undefined;
  #stalledUntil = 0;
  #calls = 0;
  #die: () => void = () => undefined;

  constructor(
    parts: { sandbox: Sandbox; store: RecordStore; dice: Dice; traffic?: Traffic },
    options: Partial<Parameters<typeof startContext>[0]> = {},
  ) {
    this.#shared = parts.store;
    this.#sandbox = parts.sandbox;
    this.#dice = parts.dice;
    this.#traffic = parts.traffic;
    this.death = new Promise((resolve) => (this.#die = resolve));
    const { context } = startContext({
      ...options,
      emulated: parts.sandbox,
      store: this.#store(),
      fetch: async (input, init) => await this.#fetch(new Request(input, init)),
    });
    this.context = context;
  }

  meets(trouble: Trouble): void {
    this.trouble = trouble;
    this.hasStalled = false;
    this.#calls = 0;
  }

  #store(): RecordStore {
    const shared = this.#shared;
    const call = async <R>(work: () => Promise<R>): Promise<R> => {
      await this.#step();
      const fails = this.#dice.chance(this.trouble.storeFaults);
      if (fails && this.#dice.chance(0.5)) throw new Error('The store refused.');
      const result = await work();
      await this.#step();
      if (fails) throw new Error("The store's response was lost.");
      return result;
    };
    return {
      get: (key) => call(() => shared.get(key)),
      compareAndSet: (...parameters) => call(() => shared.compareAndSet(...parameters)),
      delete: (...parameters) => call(() => shared.delete(...parameters)),
      list: (...parameters) => call(() => shared.list(...parameters)),
    };
  }

  async #fetch(request: Request): Promise<Response> {
    await this.#step();
    request.signal.throwIfAborted();
    const onEnd = this.#traffic?.onRequest(new URL(request.url).host, this);
    try {
      const response = await this.#sandbox.fetch(request);
      await this.#step();
      return response;
    } finally {
      onEnd?.();
    }
  }

  /** What may happen before and after each call. */
  async #step(): Promise<void> {
    this.#calls += 1;
    const { diesAt, stallsAt, stallMs = 0 } = this.trouble;
    if (this.#calls === diesAt) {
      this.isDead = true;
      this.#die();
    }
    if (this.#calls === stallsAt) {
      this.#stalledUntil = performance.now() + stallMs;
      this.hasStalled = true;
    }
    const waitMs = Math.max(this.#dice.between(0, LATENCY_MS), this.#stalledUntil - performance.now());
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (this.isDead) await new Promise(() => undefined);
  }
}
