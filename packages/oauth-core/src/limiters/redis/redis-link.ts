import { StoreError } from '../../errors/index.ts';
import type { RedisCommands } from '../../redis/redis-commands.ts';
import { redisFailureCode } from '../../redis/redis-script.ts';
import { grantScript } from './grant-script.ts';
import { type PermitRequest, type PermitResponse, readResponse, writeRequests } from './permit-request.ts';

/** Redis is away for so long once it failed; then one request tries it again. */
const AWAY_MS = 1000;
/** After a busy turn, timers fire before responses that have already arrived are read: give those one more turn. */
const TURN_MS = 10;
/** Few, so that Redis is never busy for long, and answers some while others are on their way. */
const MAX_BATCH = 8;

interface PendingRequest {
  readonly key: string;
  readonly request: PermitRequest;
  resolve(answer: PermitResponse): void;
  reject(failure: StoreError): void;
  /** For an answer that comes after the request was rejected. */
  onLateResponse(answer: PermitResponse): void;
}

/** Asks Redis, and notices when it is away, so that not every call has to wait for that. */
export class RedisLink {
  readonly #commands: RedisCommands;
  readonly #prefix: string;
  readonly #timeoutMs: number;
  #maxBatch: number;
  #gathered: PendingRequest[] = [];
  #awayUntil = 0;
  #failure = '';

  constructor(commands: RedisCommands, prefix: string, timeoutMs: number) {
    this.#commands = commands;
    this.#prefix = prefix;
    this.#timeoutMs = timeoutMs;
    this.#maxBatch = commands.isCluster ? 1 : MAX_BATCH;
  }

  /** Rejects with {@link StoreError}. An answer that comes after that goes to `onLateResponse`. */
  request(
    key: string,
    request: PermitRequest,
    onLateResponse: (answer: PermitResponse) => void,
  ): Promise<PermitResponse> {
    if (performance.now() < this.#awayUntil) return Promise.reject(this.#error());
    return new Promise((resolve, reject) => {
      this.#gather({ key, request, resolve, reject, onLateResponse });
    });
  }

  /** What is asked at the same time, for any keys, is sent as one: most of what a lone request costs is its command. */
  #gather(pending: PendingRequest): void {
    if (this.#gathered.length === 0) queueMicrotask(() => this.#sendGathered());
    this.#gathered.push(pending);
    if (this.#gathered.length >= this.#maxBatch) this.#sendGathered();
  }

  #sendGathered(): void {
    const requests = this.#gathered;
    this.#gathered = [];
    if (requests.length > 0) void this.#send(requests);
  }

  async #send(requests: readonly PendingRequest[]): Promise<void> {
    let isLate = false;
    const fail = (failure: string): void => {
      isLate = true;
      this.#failure = failure;
      this.#awayUntil = performance.now() + AWAY_MS;
      for (const { reject } of requests) reject(this.#error());
    };
    let timer = setTimeout(() => {
      timer = setTimeout(() => fail(`did not answer within ${this.#timeoutMs} ms`), TURN_MS);
    }, this.#timeoutMs);
    try {
      const answers = await this.#run(requests);
      this.#awayUntil = 0;
      for (const [index, pending] of requests.entries()) this.#settle(pending, answers[index], isLate);
    } catch (failure) {
      if (isLate) return;
      const code = redisFailureCode(failure);
      if (code === 'CROSSSLOT' && requests.length > 1) this.#sendApart(requests);
      else fail(`failed (${code})`);
    }
    clearTimeout(timer);
  }

  #settle({ resolve, reject, onLateResponse }: PendingRequest, raw: unknown, isLate: boolean): void {
    try {
      const answer = readResponse(raw);
      if (isLate) onLateResponse(answer);
      else resolve(answer);
    } catch (failure) {
      if (failure instanceof StoreError) reject(failure);
      else reject(storeError(`failed (${redisFailureCode(failure)})`));
    }
  }

  /** There is a cluster behind a client of one server: it refused the whole. */
  #sendApart(requests: readonly PendingRequest[]): void {
    this.#maxBatch = 1;
    for (const request of requests) void this.#send([request]);
  }

  #run(requests: readonly PendingRequest[]): Promise<unknown[]> {
    const keys = requests.flatMap(({ key }) => {
      const name = `${this.#prefix}{${tagOf(key)}}`;
      return [`${name}:log`, `${name}:state`];
    });
    return this.#commands.run(grantScript, keys, [
      writeRequests(requests.map(({ request }) => request)),
    ]) as Promise<unknown[]>;
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
