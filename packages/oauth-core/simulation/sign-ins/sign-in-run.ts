import type { AuthorizationTransaction } from '../../src/index.ts';
import { toResult } from '../../src/stores/store-outcome.ts';
import { Backend } from '../engine/backend.ts';
import type { Code, Library } from '../engine/code.ts';
import { ENCRYPTION_KEYS, keyIdOf } from '../engine/envelope.ts';
import { Findings } from '../engine/findings.ts';
import { SimProcess } from '../engine/sim-process.ts';
import { SimStore } from '../engine/sim-store.ts';
import { World } from '../engine/world.ts';
import type { SignInHistory, SignInItem } from './history.ts';
import type { SignInRule } from './rules.ts';

const TEN_MINUTES_MS = 600_000;
const DOCUMENTED = new Set(['AuthorizationError', 'StoreError']);

type Transactions = ReturnType<Library['authorizationTransactions']>;
type Callback = Extract<SignInItem, { type: 'callback' }>;

interface Worker {
  readonly process: SimProcess;
  readonly transactions: Transactions;
  readonly generation: number;
}

/** One sign-in, as the rules see it. */
interface SignIn {
  readonly transaction: AuthorizationTransaction;
  /** When `save` was called, and when it returned. */
  readonly begunAt: number;
  savedAt: number | undefined;
  takenAt: number | undefined;
  discardedAt: number | undefined;
}

/** One history of `authorizationTransactions` while it runs. */
export class SignInRun {
  readonly world: World;
  readonly findings: Findings;
  readonly #code: Code;
  readonly #history: SignInHistory;
  readonly #backend: Backend;
  readonly #workers = new Map<number, Worker>();
  readonly #signIns = new Map<number, SignIn>();
  readonly #pending = new Set<SimProcess>();

  constructor(code: Code, history: SignInHistory, isTraced: boolean) {
    this.#code = code;
    this.#history = history;
    this.world = new World(history.seed, { isTraced });
    this.findings = new Findings(this.world);
    this.#backend = new Backend(this.world, history.config.latency);
    for (const item of history.items) if (item.type === 'storeFault') this.#backend.addFault(item);
  }

  async run(): Promise<void> {
    for (const item of this.#history.items)
      if (item.type !== 'storeFault') this.world.at(item.at, () => this.#act(item));
    await this.world.run(2 * TEN_MINUTES_MS);
    for (const process of this.#pending) if (!process.isDead) this.#violate('never-settled', process.name);
  }

  #worker(number: number): Worker {
    const index = number % this.#history.config.processes;
    const known = this.#workers.get(index);
    if (known !== undefined && !known.process.isDead) return known;
    const generation = known === undefined ? 0 : known.generation + 1;
    const skewMs = this.#history.config.skewMs?.[index];
    const process = new SimProcess(this.world, `p${index}.${generation}`, { skewMs });
    const { authorizationTransactions, encryptedStore, StoreError } = this.#code(process);
    const plain = new SimStore(process, this.#backend, (text) => new StoreError('unavailable', text));
    const keys = { current: keyIdOf(index), keys: ENCRYPTION_KEYS };
    const store = this.#history.config.isEncrypted ? encryptedStore(plain, keys) : plain;
    const worker = { process, transactions: authorizationTransactions(store), generation };
    this.#workers.set(index, worker);
    return worker;
  }

  #act(item: Exclude<SignInItem, { type: 'storeFault' }>): void {
    const worker = this.#worker(item.process);
    const { process } = worker;
    if (item.type === 'freeze') process.freeze(item.ms);
    else if (item.type === 'crash') process.crash();
    else
      process.deliver(0, () => {
        this.#pending.add(process);
        this.findings.count('calls');
        void this.#call(worker, item).then(() => this.#pending.delete(process));
      });
  }

  async #call({ process, transactions }: Worker, item: SignInItem): Promise<void> {
    if (item.type === 'begin') await this.#begin(item.id, process, transactions);
    else if (item.type === 'callback') await this.#take(item, process, transactions);
    else if (item.type === 'discard') await this.#discard(item.id, transactions);
  }

  async #begin(id: number, process: SimProcess, transactions: Transactions): Promise<void> {
    const transaction: AuthorizationTransaction = {
      provider: 'as',
      state: `state-${id}`,
      codeVerifier: `verifier-${id}`,
      redirectUri: 'https://app.test/callback',
      scopes: ['all'],
      expiresAt: process.wallClock() + TEN_MINUTES_MS,
      returnTo: `/after/${id}`,
    };
    const signIn: SignIn = {
      transaction,
      begunAt: this.world.now,
      savedAt: undefined,
      takenAt: undefined,
      discardedAt: undefined,
    };
    this.#signIns.set(id, signIn);
    const { failure } = await toResult(transactions.save(transaction, `browser-${id}`));
    if (failure === undefined) signIn.savedAt = this.world.now;
    else this.#onFailure(failure as Error);
  }

  async #take(callback: Callback, process: SimProcess, transactions: Transactions): Promise<void> {
    const { id } = callback;
    const startedAt = this.world.now;
    const state = { own: `state-${id}`, changed: `state-${id}x`, none: undefined }[callback.state];
    const browser = { own: `browser-${id}`, other: 'browser-x', none: undefined }[callback.browser];
    const { result, failure } = await toResult(transactions.take(state, browser));
    this.world.log(
      process.name,
      `callback of ${id}: ${failure === undefined ? 'taken' : (failure as Error).message}`,
    );
    const signIn = this.#signIns.get(id);
    if (result !== undefined) {
      this.#onTaken(callback, signIn, startedAt);
      this.#checkTaken(id, result, signIn?.transaction, process.wallClock());
    } else if (failure !== undefined) this.#onRefused(callback, failure as Error, signIn, startedAt);
  }

  async #discard(id: number, transactions: Transactions): Promise<void> {
    // One that is not saved yet can't be given up.
    const savedAt = this.#signIns.get(id)?.savedAt;
    const outcome = await toResult(
      transactions.idOf(`state-${id}`).then((name) => transactions.discard(name)),
    );
    const signIn = this.#signIns.get(id);
    if (outcome.failure !== undefined) this.#onFailure(outcome.failure as Error);
    else if (signIn !== undefined && savedAt !== undefined) signIn.discardedAt ??= this.world.now;
  }

  #onTaken({ id, browser, state }: Callback, signIn: SignIn | undefined, startedAt: number): void {
    this.findings.count('taken');
    if (browser !== 'own' || state !== 'own') this.#violate('taken-by-another-browser', `#${id}`);
    if (signIn === undefined) return;
    if (signIn.takenAt !== undefined) this.#violate('taken-twice', `#${id}`);
    signIn.takenAt = this.world.now;
    const { savedAt = Number.POSITIVE_INFINITY, discardedAt = Number.POSITIVE_INFINITY } = signIn;
    if (startedAt > savedAt + TEN_MINUTES_MS) this.#violate('taken-too-late', `#${id}`);
    if (startedAt > discardedAt) this.#violate('taken-after-discard', `#${id}`);
  }

  /** `now`: by the clock of the process that took it. What the store gives out is in time, whatever that clock says. */
  #checkTaken(
    id: number,
    taken: AuthorizationTransaction,
    saved: AuthorizationTransaction | undefined,
    now: number,
  ): void {
    const endsInMs = (saved?.expiresAt ?? now) - now;
    const isItsEnd = endsInMs > 0 && endsInMs <= TEN_MINUTES_MS;
    const expected = isItsEnd ? saved : { ...saved, expiresAt: taken.expiresAt };
    if (JSON.stringify(taken) !== JSON.stringify(expected)) this.#violate('changed', `#${id}`);
    if (taken.expiresAt < now || taken.expiresAt > now + TEN_MINUTES_MS)
      this.#violate('taken-expired', `#${id}`);
  }

  #onRefused(
    { id, browser, state }: Callback,
    error: Error,
    signIn: SignIn | undefined,
    startedAt: number,
  ): void {
    this.#onFailure(error);
    if (signIn?.savedAt === undefined || browser !== 'own' || state !== 'own') return;
    const { kind } = this.#history.config;
    const isCalm = kind === 'calm' || kind === 'hostile';
    const isInTime = startedAt > signIn.savedAt && this.world.now < signIn.begunAt + TEN_MINUTES_MS;
    const isFirst = signIn.takenAt === undefined && signIn.discardedAt === undefined && this.#isOnly(id);
    if (isCalm && isInTime && isFirst) this.#violate('refused-in-vain', `#${id}: ${error.message}`);
  }

  /** Whether nothing else could take or discard it: of several calls at a time another may be the first. */
  #isOnly(id: number): boolean {
    const others = this.#history.items.filter(
      (item) => (item.type === 'callback' || item.type === 'discard') && item.id === id,
    );
    return others.length === 1;
  }

  #onFailure(error: Error): void {
    this.findings.count(error.name);
    if (!DOCUMENTED.has(error.name)) this.#violate('strange-error', String(error.stack));
  }

  #violate(rule: SignInRule, text: string): void {
    this.findings.violate(rule, text);
  }
}
