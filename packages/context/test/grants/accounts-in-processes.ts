import type { RecordStore } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { expect } from 'vitest';
import { googleTokens, providersOf } from '../support/start-context.ts';
import type { Work } from './account-process.ts';
import { AccountProcess, type Ended } from './host-process.ts';
import { openSharedStore, type SharedStore } from './shared-store.ts';
import {
  ACCOUNTS,
  changeIn,
  expectNothingLeft,
  expireTokens,
  IDS,
  MARKS,
  ORGANIZATIONS,
  randomOf,
  sandboxOfTwo,
} from './two-accounts.ts';

/** Longer than the lease of a process that was killed. */
const WAIT = { timeout: 180_000, interval: 500 };
/** Within this time processes notice what another one did (docs/tokens.md), and the time of a request. */
const NOTICED_MS = 40_000;

/** An account that was left, which processes but the one that did it may still take for the user's. */
interface Left {
  email: string;
  by: AccountProcess | undefined;
  until: number;
}

interface Chaos {
  seed: number;
  steps: number;
  store: SharedStore;
  processes: number;
  /** Whether processes are killed, too. */
  kills: boolean;
}

/** A user who switches accounts in several processes of a host, which share nothing but a store. */
class Run {
  readonly #chaos: Chaos;
  readonly #random: (below: number) => number;
  readonly #sandbox: Sandbox;
  readonly #expire: () => void;
  readonly #processes: AccountProcess[] = [];
  /** Who is connected, or both while the user switches. */
  #connected = new Set<string>();
  #left: Left[] = [];
  #switching: Promise<unknown> = Promise.resolve();
  readonly #refreshTokens: string[] = [];
  readonly #wrong: string[] = [];
  #url = '';
  told = 0;

  constructor(chaos: Chaos) {
    this.#chaos = chaos;
    this.#random = randomOf(chaos.seed);
    this.#sandbox = sandboxOfTwo((url, init) => this.#deliver(url, init));
    this.#expire = expireTokens(this.#sandbox);
  }

  async run(): Promise<number> {
    const listener = await this.#sandbox.listen();
    this.#url = listener.url;
    try {
      for (let index = 0; index < this.#chaos.processes; index += 1) this.#processes.push(this.#start());
      await this.#switchTo(ACCOUNTS[0]);
      const running: Promise<unknown>[] = [];
      for (let step = 0; step < this.#chaos.steps; step += 1) {
        const work = this.#step();
        running.push(work);
        // Some steps overlap the next ones.
        if (this.#random(3) === 0) await work;
      }
      await Promise.all(running);
      await this.#expectTold();
      await this.#expectPeace();
      return this.told;
    } finally {
      await Promise.all(this.#processes.map((process) => process.end()));
      await listener.close();
    }
  }

  #start(): AccountProcess {
    const { ticktick, google } = providersOf(this.#sandbox);
    const providers = { ticktick, google, azureDevOps: {} };
    const settings = { url: this.#url, store: this.#chaos.store, providers };
    return new AccountProcess(settings, (event, accounts) => {
      this.told += 1;
      this.#expectMarks(event, accounts);
    });
  }

  async #step(): Promise<unknown> {
    const random = this.#random;
    const account = ACCOUNTS[random(2)] ?? ACCOUNTS[0];
    const kinds = ['switch', 'change', 'change', 'maintain', 'ensure', 'expire', 'kill'] as const;
    const reads = ['tasks', 'events', 'work-items'] as const;
    const kind = [...kinds, ...reads][random(kinds.length + reads.length)] ?? 'maintain';
    if (kind === 'switch')
      return await (this.#switching = this.#switching.then(() => this.#switchTo(account)));
    if (kind === 'change') return changeIn(this.#sandbox, account);
    if (kind === 'expire') return this.#expire();
    if (kind === 'kill')
      return this.#chaos.kills ? await this.#kill(random(this.#processes.length)) : undefined;
    return await this.#perform({ do: kind });
  }

  /** Does something in one of the processes. What it returns or fails with is of those who were connected. */
  async #perform(work: Work, process = this.#anyProcess()): Promise<Ended> {
    const unnoticed = this.#left.filter(({ by, until }) => by !== process && until > performance.now());
    const accounts = new Set([...this.#connected, ...unnoticed.map(({ email }) => email)]);
    const done = await process?.perform(work, accounts);
    const ended = done?.ended;
    if (done === undefined || ended === undefined) return undefined;
    if ('result' in ended) this.#expectMarks(ended.result, done.accounts);
    else if (!ended.isTyped) this.#wrong.push(`${work.do}: ${ended.failure}`);
    return ended;
  }

  #anyProcess(): AccountProcess | undefined {
    return this.#processes[this.#random(this.#processes.length)];
  }

  async #switchTo(email: string): Promise<void> {
    const sandbox = this.#sandbox;
    const by = this.#anyProcess();
    this.#connected = new Set([...this.#connected, email]);
    for (const process of this.#processes) process.allow(email);
    const google = googleTokens(sandbox, [], email);
    this.#refreshTokens.push(google.refreshToken ?? '');
    const organization = ORGANIZATIONS[email] ?? '';
    const token = sandbox.azureDevOps.issuePat({ organization });
    const ended = await this.#perform(
      {
        do: 'switch',
        ticktick: sandbox.ticktick.issueApiToken(email),
        google,
        account: { id: IDS[email], email },
        azureDevOps: { token, organizationUrl: `https://dev.azure.com/${organization}` },
      },
      by,
    );
    // One that failed half-way has left some services to the account before.
    if (ended === undefined || !('result' in ended)) return;
    const until = performance.now() + NOTICED_MS;
    const others = [...this.#connected].filter((one) => one !== email);
    this.#left = [
      ...this.#left.filter((one) => one.email !== email || one.by !== by),
      ...others.map((one) => ({ email: one, by, until })),
    ];
    this.#connected = new Set([email]);
  }

  async #kill(index: number): Promise<void> {
    const process = this.#processes[index];
    this.#processes[index] = this.#start();
    await process?.kill();
  }

  async #deliver(url: string, init: RequestInit): Promise<Response> {
    const headers = [...new Headers(init.headers)] as [string, string][];
    const ended = await this.#perform({ do: 'receive', url, headers, body: String(init.body ?? '') });
    const status = ended !== undefined && 'result' in ended ? Number(ended.result) : 503;
    return new Response(null, { status });
  }

  #expectMarks(text: string, accounts: ReadonlySet<string>): void {
    for (const [email, mark] of Object.entries(MARKS)) {
      if (text.includes(mark) && !accounts.has(email))
        this.#wrong.push(`${mark} told to ${[...accounts].join()}: ${text.slice(0, 300)}`);
    }
  }

  /** Whatever has happened, the next account's changes are told. */
  async #expectTold(): Promise<void> {
    const email = ACCOUNTS[this.#random(2)] ?? ACCOUNTS[0];
    await this.#switchTo(email);
    await this.#perform({ do: 'maintain' });
    const before = this.told;
    changeIn(this.#sandbox, email);
    await expect
      .poll(async () => {
        await this.#perform({ do: 'maintain' });
        return this.told;
      }, WAIT)
      .toBeGreaterThan(before);
  }

  async #expectPeace(): Promise<void> {
    const { google, azureDevOps, requests } = this.#sandbox;
    await Promise.all([google.push.settled(), azureDevOps.hooks.settled()]);
    const store: RecordStore = await openSharedStore(this.#chaos.store);
    // What a killed process had begun is waited for, and grants that were replaced are revoked later.
    await expect
      .poll(async () => {
        await this.#perform({ do: 'disconnect' });
        await this.#perform({ do: 'maintain' });
        // How often is polled is no user's.
        return (await store.list('')).filter((key) => !key.startsWith('maintenance/'));
      }, WAIT)
      .toEqual([]);
    expect(this.#wrong).toEqual([]);
    // The token of another organization.
    const refused = requests.filter(
      ({ host, status }) => host === 'dev.azure.com' && [203, 302, 401, 403].includes(status ?? 0),
    );
    expect(refused).toEqual([]);
    await expectNothingLeft(this.#sandbox, this.#refreshTokens);
  }
}

/** Runs it, and returns how many events were told: none of an account that was not connected. */
export async function runAccountsInProcesses(chaos: Chaos): Promise<number> {
  return await new Run(chaos).run();
}
