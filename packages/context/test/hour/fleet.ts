import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Measure, Order, Saying } from './machine.ts';

const MACHINE = fileURLToPath(new URL('machine.ts', import.meta.url));

/** What a machine says of the host's users. */
export interface Listeners {
  answer: (request: Request, isStarting: boolean) => Promise<Answer>;
  onTold: (event: (Saying & { say: 'told' })['event'], by: Machine) => void;
  onFailure: (error: string) => void;
}

/** A process of the host. */
export class Machine {
  readonly died: Promise<void>;
  isDead = false;
  /** By the clock of the run. */
  diedAt: number | undefined;
  /** Dies at this request, counted from now. */
  diesIn: number | undefined;
  readonly #process: ChildProcess;
  readonly #listeners: Listeners;
  readonly #deliveries = new Map<number, (status: number) => void>();
  readonly #waiting = new Map<string, (saying: Saying) => void>();
  #isStarting = true;
  #count = 0;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    this.#process = fork(MACHINE, { execArgv: ['--expose-gc', '--conditions=@context-sdk/source'] });
    this.#process.on('message', (saying) => this.#hear(saying as Saying));
    this.died = new Promise((resolve) => {
      this.#process.once('exit', () => {
        this.isDead = true;
        for (const answer of this.#deliveries.values()) answer(503);
        resolve();
      });
    });
  }

  async start(order: Omit<Order & { do: 'start' }, 'do'>): Promise<void> {
    await this.#ask({ do: 'start', ...order }, 'ready');
    this.#isStarting = false;
  }

  /** Resolves once the machine has done all that is due by then, or has died. */
  async tick(now: number): Promise<void> {
    await this.#ask({ do: 'tick', now }, 'ticked');
  }

  async measure(): Promise<Measure> {
    const measured = await this.#ask({ do: 'measure' }, 'measured');
    return measured?.say === 'measured' ? measured : { heap: 0, accounts: 0 };
  }

  /** Brings a delivery of a service. 503 if the machine dies with it. */
  async deliver(url: string, init: RequestInit = {}): Promise<number> {
    if (this.isDead) return 503;
    const id = (this.#count += 1);
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#deliveries.set(id, resolve);
    const headers = Object.fromEntries(new Headers(init.headers));
    this.#send({ do: 'deliver', id, url, headers, body: typeof init.body === 'string' ? init.body : '' });
    return await promise;
  }

  kill(): void {
    this.isDead = true;
    this.#process.kill('SIGKILL');
  }

  #send(order: Order): void {
    if (!this.isDead && this.#process.connected) this.#process.send(order);
  }

  async #ask(order: Order, until: Saying['say']): Promise<Saying | undefined> {
    const { promise, resolve } = Promise.withResolvers<Saying>();
    this.#waiting.set(until, resolve);
    this.#send(order);
    return await Promise.race([promise, this.died.then(() => undefined)]);
  }

  #hear(saying: Saying): void {
    if (this.isDead) return;
    if (saying.say === 'ask') void this.#answer(saying);
    else if (saying.say === 'told') this.#listeners.onTold(saying.event, this);
    else if (saying.say === 'failed') this.#listeners.onFailure(saying.error);
    else if (saying.say === 'delivered') {
      this.#deliveries.get(saying.id)?.(saying.status);
      this.#deliveries.delete(saying.id);
    } else this.#waiting.get(saying.say)?.(saying);
  }

  async #answer({ id, url, method, headers, body }: Saying & { say: 'ask' }): Promise<void> {
    if (this.diesIn !== undefined && (this.diesIn -= 1) <= 0) {
      this.kill();
      return;
    }
    const request = new Request(url, { method, headers, body: body === '' ? null : body });
    const answer = await this.#listeners.answer(request, this.#isStarting);
    this.#send({ do: 'answer', id, answer });
  }
}
