import { toResult } from '../../src/stores/store-outcome.ts';
import { Backend } from '../engine/backend.ts';
import type { Code } from '../engine/code.ts';
import { Findings } from '../engine/findings.ts';
import type { SimProcess } from '../engine/sim-process.ts';
import { World } from '../engine/world.ts';
import { AuthorizationServer } from './authorization-server.ts';
import { CallRules } from './call-rules.ts';
import { describe, Grants } from './grants.ts';
import { HORIZON_MS, type ProcessItem, type TokenHistory, type Trigger } from './history.ts';
import { RequestRules } from './request-rules.ts';
import type { TokenRule } from './rules.ts';
import type { Network } from './server-fetch.ts';
import { signIn } from './sign-in.ts';
import { startWorker, type Surroundings, type Worker } from './worker.ts';

const MAX_GENERATIONS = 6;
const RESTART_MS = 500;
const DOCUMENTED = new Set([
  'StoreError',
  'ReauthorizationRequiredError',
  'ServiceUnavailableError',
  'NetworkError',
  'TimeoutError',
  'RateLimitError',
  'AbortError',
]);

/** One history while it runs. */
export class TokenRun {
  readonly world: World;
  readonly findings: Findings;
  readonly #history: TokenHistory;
  readonly #surroundings: Surroundings;
  readonly #server: AuthorizationServer;
  readonly #grants: Grants;
  readonly #calls: CallRules;
  readonly #requests: RequestRules;
  readonly #workers: Worker[] = [];
  readonly #pending = new Set<{ process: SimProcess; name: string }>();
  readonly #seen = { redeem: 0, write: 0 };
  #isCalm = false;

  constructor(code: Code, history: TokenHistory, isTraced: boolean) {
    const { config, items, seed } = history;
    this.#history = history;
    this.world = new World(seed, { isTraced });
    this.findings = new Findings(this.world);
    const backend = new Backend(this.world, config.latency);
    for (const item of items) if (item.type === 'storeFault') backend.addFault(item);
    this.#server = new AuthorizationServer(this.world, config);
    this.#grants = new Grants(this.#server, this.findings);
    this.#calls = new CallRules(config, backend, this.#server, this.#grants, this.findings);
    this.#requests = new RequestRules(config, backend, this.#grants, this.findings);
    const network: Network = {
      server: this.#server,
      faults: items.filter((item) => item.type === 'serverFault'),
      onSend: (token) => this.#requests.onSend(token),
    };
    this.#surroundings = { code, config, backend, network };
    backend.onWrite = (write) => {
      if (write.after?.includes('"held":true') === true) this.#trigger('write', write.by);
      this.#grants.onWrite(write);
    };
    this.#server.onRedeem = (redemption, earlier) => {
      this.#trigger('redeem', redemption.by);
      this.#requests.onRedeem(redemption, earlier);
    };
  }

  async run(): Promise<void> {
    const { config, items } = this.#history;
    for (const index of config.drift.keys()) this.#start(index, 0);
    this.world.at(1, () => this.#act({ type: 'save', at: 1, process: 0, withRefreshToken: true }));
    for (const item of items) if ('process' in item) this.world.at(item.at, () => this.#act(item));
    await this.world.run(HORIZON_MS + 20_000);
    await this.#end();
  }

  #start(index: number, generation: number): Worker {
    const worker = startWorker(this.#surroundings, index, generation);
    this.#workers[index] = worker;
    return worker;
  }

  #trigger(on: Trigger['on'], process: SimProcess): void {
    const nth = (this.#seen[on] += 1);
    if (this.#isCalm) return;
    for (const item of this.#history.items) {
      if (item.type !== 'trigger' || item.on !== on || item.nth !== nth) continue;
      this.world.after(item.afterMs, () => {
        if (item.what === 'freeze') process.freeze(item.ms);
        else if (item.what === 'crash') process.crash();
        else this.#goAway(item.ms);
      });
    }
  }

  #goAway(ms: number): void {
    this.world.log('store', `AWAY for ${ms} ms`);
    const from = this.world.now;
    this.#surroundings.backend.addFault({ from, to: from + ms, mode: 'away-fast', chance: 1 });
  }

  #act(item: ProcessItem): void {
    let worker = this.#workers[item.process];
    if (worker === undefined) return;
    if (worker.process.isDead && item.type !== 'crash') {
      if (worker.generation === MAX_GENERATIONS) return;
      worker = this.#start(item.process, worker.generation + 1);
    }
    if (item.type === 'freeze') worker.process.freeze(item.ms);
    else if (item.type === 'crash') this.#crash(worker, item.process);
    else if (item.type === 'crashInStore') worker.store.crashAt = item;
    else this.#call(worker, item);
  }

  #crash(worker: Worker, index: number): void {
    worker.process.crash();
    this.world.after(RESTART_MS, () => {
      if (this.#workers[index] === worker && worker.generation < MAX_GENERATIONS)
        this.#start(index, worker.generation + 1);
    });
  }

  #call(worker: Worker, item: ProcessItem): void {
    worker.process.deliver(0, () => {
      if (item.type === 'save') this.#save(worker, item.withRefreshToken);
      else if (item.type === 'revoke') this.#revoke(worker);
      else if (item.type === 'rekey') this.#rekey(worker);
      else if (item.type === 'abort') this.#get(worker, { abortMs: item.afterMs });
      else if (item.type === 'get') this.#get(worker, { isNewObject: item.isNewObject });
      else if (worker.lastToken !== undefined) this.#get(worker, { rejected: worker.lastToken });
    });
  }

  #get(
    worker: Worker,
    {
      isNewObject = false,
      rejected,
      abortMs,
    }: { isNewObject?: boolean; rejected?: string; abortMs?: number },
  ): void {
    const { process, lastToken: seen } = worker;
    const controller = new AbortController();
    if (abortMs !== undefined) process.deliver(abortMs, () => controller.abort());
    const manager = isNewObject ? worker.open() : worker.manager;
    const call = { process, startedAt: this.world.now, rejected, seen };
    if (rejected !== undefined) this.#requests.onRejected(rejected);
    this.#watch(process, `get${rejected === undefined ? '' : ` rejected ${rejected}`}`, {
      work: () => manager.getAccessToken({ rejected, signal: controller.signal }),
      onResult: (token) => {
        worker.lastToken = token;
        this.#calls.onToken(token, call);
      },
      onFailure: (error) => this.#calls.onFailure(error, call),
    });
  }

  #save({ process, manager }: Worker, withRefreshToken: boolean): void {
    const tokenSet = signIn(this.#server, process, withRefreshToken);
    this.#watch(process, `save ${tokenSet.accessToken}`, {
      work: () => manager.save(tokenSet),
      onResult: () => this.#calls.onSaved(tokenSet.accessToken, process),
    });
  }

  #revoke({ process, manager }: Worker): void {
    const call = this.#calls.onRevoke(process);
    this.#watch(process, 'revoke', {
      work: () => manager.revoke(),
      onResult: () => this.#calls.onRevoked(call),
      onFailure: (error) => this.#calls.onRevokeFailed(error, call),
    });
  }

  #rekey({ process, rekey }: Worker): void {
    if (rekey === undefined) return;
    this.#watch(process, 'rekey', {
      work: rekey,
      onResult: ({ failed }) => {
        if (failed.length > 0) this.#violate('rekey-failed', failed.map(({ error }) => error.message).join());
      },
    });
  }

  #watch<T>(
    process: SimProcess,
    name: string,
    {
      work,
      onResult,
      onFailure,
    }: { work: () => Promise<T>; onResult: (result: T) => void; onFailure?: (error: Error) => void },
  ): void {
    const entry = { process, name };
    this.#pending.add(entry);
    this.findings.count('calls');
    this.world.log(process.name, `${name}()`);
    void this.#settle(entry, work, onResult, onFailure);
  }

  async #settle<T>(
    entry: { process: SimProcess; name: string },
    work: () => Promise<T>,
    onResult: (result: T) => void,
    onFailure: ((error: Error) => void) | undefined,
  ): Promise<void> {
    const { process, name } = entry;
    const outcome = await toResult(work());
    if (outcome.failure === undefined) {
      this.world.log(process.name, `${name}(): ${String(outcome.result ?? 'done')}`);
      onResult(outcome.result as T);
    } else {
      const error = outcome.failure as Error;
      this.world.log(process.name, `${name}() failed: ${error.name} ${error.message}`);
      this.findings.count(error.name);
      if (!DOCUMENTED.has(error.name)) this.#violate('strange-error', `${name}: ${String(error.stack)}`);
      onFailure?.(error);
    }
    this.#pending.delete(entry);
  }

  /** Faults end, everything settles, and a new process works or says why not. */
  async #end(): Promise<void> {
    const { backend, network } = this.#surroundings;
    this.#isCalm = true;
    backend.faults = [];
    network.faults = [];
    backend.latency = 'fast';
    await this.world.run(this.world.now + 300_000);
    this.#calls.onEnd();
    for (const { process, name } of this.#pending)
      if (!process.isDead) this.#violate('never-settled', `${name} in ${process.name}`);
    this.#pending.clear();
    const before = this.#grants.current;
    const last = this.#start(this.#history.config.drift.length, 0);
    let failure: Error | undefined;
    this.#watch(last.process, 'get at last', {
      work: () => last.manager.getAccessToken(),
      onResult: () => undefined,
      onFailure: (error) => (failure = error),
    });
    const isGood = this.#server.isGood(before?.tokenSet.refreshToken);
    await this.world.run(this.world.now + 60_000);
    if (this.#pending.size > 0) this.#violate('never-settled', 'get at last');
    if (before === undefined || !isGood || before.ended === 'revoked') return;
    if (before.ended !== undefined) this.#violate('ended-in-vain', describe(before));
    else if (failure !== undefined) this.#violate('final-failed', `${failure.name}: ${failure.message}`);
  }

  #violate(rule: TokenRule, text: string): void {
    this.findings.violate(rule, text);
  }
}
