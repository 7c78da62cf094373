import { StoreError } from '../../errors/index.ts';
import type { RedisCommands } from '../../redis/redis-commands.ts';
import { redisFailureCode } from '../../redis/redis-failure.ts';
import { type Answer, type Ask, readAnswer, writeAsks } from './ask.ts';
import { grantScript } from './grant-script.ts';

/** Redis is away for so long once it failed; then one ask tries it again. */
const AWAY_MS = 1000;
/** Lets an answer that is there already be read before a timer that rang in the same turn says that none came. */
const TURN_MS = 10;
/** Few, so that Redis is never busy for long, and answers some while others are on their way. */
const MOST_TOGETHER = 8;

interface PendingAsk {
  readonly key: string;
  readonly ask: Ask;
  resolve(answer: Answer): void;
  reject(failure: StoreError): void;
  /** For an answer that comes after the ask was rejected. */
  onLateAnswer(answer: Answer): void;
}

/** Asks Redis, and notices when it is away, so that not every call has to wait for that. */
export class RedisLink {
  readonly #commands: RedisCommands;
  readonly #prefix: string;
  readonly #timeoutMs: number;
  #mostTogether: number;
  #gathered: PendingAsk[] = [];
  #awayUntil = 0;
  #failure = '';

  constructor(commands: RedisCommands, prefix: string, timeoutMs: number) {
    this.#commands = commands;
    this.#prefix = prefix;
    this.#timeoutMs = timeoutMs;
    this.#mostTogether = commands.isCluster ? 1 : MOST_TOGETHER;
  }

  /** Rejects with {@link StoreError}. An answer that comes after that goes to `onLateAnswer`. */
  ask(key: string, ask: Ask, onLateAnswer: (answer: Answer) => void): Promise<Answer> {
    if (performance.now() < this.#awayUntil) return Promise.reject(this.#error());
    return new Promise((resolve, reject) => {
      this.#gather({ key, ask, resolve, reject, onLateAnswer });
    });
  }

  /** What is asked at the same time, for any keys, is sent as one: most of what a lone ask costs is its command. */
  #gather(pending: PendingAsk): void {
    if (this.#gathered.length === 0) queueMicrotask(() => this.#sendGathered());
    this.#gathered.push(pending);
    if (this.#gathered.length >= this.#mostTogether) this.#sendGathered();
  }

  #sendGathered(): void {
    const asks = this.#gathered;
    this.#gathered = [];
    if (asks.length > 0) void this.#send(asks);
  }

  async #send(asks: readonly PendingAsk[]): Promise<void> {
    let isLate = false;
    const fail = (failure: string): void => {
      isLate = true;
      this.#failure = failure;
      this.#awayUntil = performance.now() + AWAY_MS;
      for (const { reject } of asks) reject(this.#error());
    };
    let timer = setTimeout(() => {
      timer = setTimeout(() => fail(`did not answer within ${this.#timeoutMs} ms`), TURN_MS);
    }, this.#timeoutMs);
    try {
      const answers = await this.#run(asks);
      this.#awayUntil = 0;
      for (const [index, pending] of asks.entries()) this.#settle(pending, answers[index], isLate);
    } catch (failure) {
      if (isLate) return;
      const code = redisFailureCode(failure);
      if (code === 'CROSSSLOT' && asks.length > 1) this.#sendApart(asks);
      else fail(`failed (${code})`);
    }
    clearTimeout(timer);
  }

  #settle({ resolve, reject, onLateAnswer }: PendingAsk, raw: unknown, isLate: boolean): void {
    try {
      const answer = readAnswer(raw);
      if (isLate) onLateAnswer(answer);
      else resolve(answer);
    } catch (failure) {
      reject(storeError(`failed (${redisFailureCode(failure)})`));
    }
  }

  /** There is a cluster behind a client of one server: it refused the whole. */
  #sendApart(asks: readonly PendingAsk[]): void {
    this.#mostTogether = 1;
    for (const ask of asks) void this.#send([ask]);
  }

  #run(asks: readonly PendingAsk[]): Promise<unknown[]> {
    const keys = asks.flatMap(({ key }) => {
      const name = `${this.#prefix}{${tagOf(key)}}`;
      return [`${name}:log`, `${name}:state`];
    });
    return this.#commands.run(grantScript, keys, [writeAsks(asks.map(({ ask }) => ask))]) as Promise<
      unknown[]
    >;
  }

  #error(): StoreError {
    return storeError(this.#failure);
  }
}

function storeError(failure: string): StoreError {
  return new StoreError('unavailable', `The rate limiter's Redis ${failure}.`);
}

/** What decides the slot of a Redis Cluster: between the braces, so it holds none, and is not empty. */
function tagOf(key: string): string {
  return key.replaceAll(/[%{}]/g, encodeURIComponent) || '%';
}
