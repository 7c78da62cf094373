import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import type { Message, Work } from './account-process.ts';

const PROGRAM = join(import.meta.dirname, 'account-process.ts');

/** How a piece of work ended. `undefined`: its process was killed. */
export type Ended = Exclude<Message, { event: string }> | undefined;

/** Work that a process is doing, and the accounts that were connected meanwhile: it may tell of these alone. */
interface Job {
  accounts: Set<string>;
  end: (ended: Ended) => void;
}

/** Receives an event that a process told, and the accounts that it may tell of. */
type OnEvent = (event: string, accounts: ReadonlySet<string>) => void;

/** One process of the host. */
export class AccountProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;
  readonly #jobs = new Map<number, Job>();
  readonly #onEvent: OnEvent;
  #lastId = 0;

  constructor(settings: object, onEvent: OnEvent) {
    this.#onEvent = onEvent;
    const execArgv = ['--conditions=@context-sdk/source', '--no-warnings'];
    this.#child = fork(PROGRAM, [JSON.stringify(settings)], { execArgv, env: CHILD_ENVIRONMENT });
    this.#ready = once(this.#child, 'message');
    this.#child.on('message', (message: Message | 'ready') => this.#hear(message));
    this.#child.on('exit', () => {
      for (const { end } of this.#jobs.values()) end(undefined);
      this.#jobs.clear();
    });
  }

  /** Whoever is connected when it begins is in `accounts`. */
  async perform(work: Work, accounts: ReadonlySet<string>): Promise<{ ended: Ended; accounts: Set<string> }> {
    const id = (this.#lastId += 1);
    const { promise, resolve } = Promise.withResolvers<Ended>();
    const job: Job = { accounts: new Set(accounts), end: resolve };
    this.#jobs.set(id, job);
    await this.#ready;
    this.#child.send({ id, work });
    return { ended: await promise, accounts: job.accounts };
  }

  /** From now on its work may tell of this account too. */
  allow(account: string): void {
    for (const { accounts } of this.#jobs.values()) accounts.add(account);
  }

  async kill(): Promise<void> {
    await this.#ready;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }

  #hear(message: Message | 'ready'): void {
    if (message === 'ready') return;
    if ('event' in message) {
      this.#onEvent(
        message.event,
        new Set([...this.#jobs.values()].flatMap(({ accounts }) => [...accounts])),
      );
      return;
    }
    this.#jobs.get(message.id)?.end(message);
    this.#jobs.delete(message.id);
  }
}
