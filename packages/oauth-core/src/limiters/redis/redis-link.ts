import { StoreError } from '../../errors/index.ts';
import type { RedisCommands } from '../../redis/redis-commands.ts';
import { redisFailureCode } from '../../redis/redis-failure.ts';
import { type Answer, type Ask, readAnswer } from './ask.ts';
import { grantScript } from './grant-script.ts';

/** Redis is away for so long once it failed; then one ask tries it again. */
const AWAY_MS = 1000;
/** Lets an answer that is there already be read before a timer that rang in the same turn says that none came. */
const TURN_MS = 10;

/** Asks Redis, and notices when it is away, so that not every call has to wait for that. */
export class RedisLink {
  readonly #commands: RedisCommands;
  readonly #prefix: string;
  readonly #timeoutMs: number;
  #awayUntil = 0;
  #failure = '';

  constructor(commands: RedisCommands, prefix: string, timeoutMs: number) {
    this.#commands = commands;
    this.#prefix = prefix;
    this.#timeoutMs = timeoutMs;
  }

  /** Rejects with {@link StoreError}. An answer that comes after that goes to `onLateAnswer`. */
  ask(key: string, ask: Ask, onLateAnswer: (answer: Answer) => void): Promise<Answer> {
    if (performance.now() < this.#awayUntil) return Promise.reject(this.#error());
    return new Promise((resolve, reject) => {
      let isLate = false;
      const fail = (failure: string): void => {
        isLate = true;
        this.#failure = failure;
        this.#awayUntil = performance.now() + AWAY_MS;
        reject(this.#error());
      };
      let timer = setTimeout(() => {
        timer = setTimeout(() => fail(`did not answer within ${this.#timeoutMs} ms`), TURN_MS);
      }, this.#timeoutMs);
      const settle = async (): Promise<void> => {
        try {
          const answer = await this.#run(key, ask);
          this.#awayUntil = 0;
          if (isLate) onLateAnswer(answer);
          else resolve(answer);
        } catch (failure) {
          fail(`failed (${redisFailureCode(failure)})`);
        }
        clearTimeout(timer);
      };
      void settle();
    });
  }

  async #run(key: string, ask: Ask): Promise<Answer> {
    const name = `${this.#prefix}{${tagOf(key)}}`;
    const keys = [`${name}:log`, `${name}:state`];
    return readAnswer(await this.#commands.run(grantScript, keys, [JSON.stringify(ask)]));
  }

  #error(): StoreError {
    return new StoreError('unavailable', `The rate limiter's Redis ${this.#failure}.`);
  }
}

/** What decides the slot of a Redis Cluster: between the braces, so it holds none, and is not empty. */
function tagOf(key: string): string {
  return key.replaceAll(/[%{}]/g, encodeURIComponent) || '%';
}
