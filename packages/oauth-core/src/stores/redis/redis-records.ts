import { ConfigurationError } from '../../errors/index.ts';
import { escapedForScan, type RedisCommands } from '../../redis/redis-commands.ts';
import { checkedTtl, checkKey, checkKeys, checkString } from '../check-arguments.ts';
import { listKeys } from '../list-keys.ts';
import type { RecordStore, StoredRecord } from '../record-store.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { GatheredRecords } from './gathered-records.ts';
import { RecordNames } from './record-names.ts';
import {
  decodeRecord,
  EXPECTS_ANYTHING,
  EXPECTS_NOTHING,
  FIRST_PAGE,
  isDone,
  listScript,
  newVersion,
  wholeMilliseconds,
} from './record-scripts.ts';
import { textsIn, translated } from './redis-errors.ts';
import { RedisSchedule } from './redis-schedule.ts';

/** Throws {@link ConfigurationError} for a prefix with braces. */
export function checkPrefix(prefix: string): void {
  if (/[{}]/.test(prefix))
    throw new ConfigurationError('prefix has to be text without braces, which mark the key behind it.');
}

/** Records as strings of Redis, whoever carries the commands. */
export class RedisStore implements RecordStore {
  readonly #commands: RedisCommands;
  readonly #names: RecordNames;
  readonly #records: GatheredRecords;
  readonly #schedule: Schedule;

  /** `maxGathered`: how many reads and writes of one turn of the event loop one command may have. Default: 1. */
  constructor(commands: RedisCommands, prefix: string, maxGathered = 1) {
    this.#commands = commands;
    this.#records = new GatheredRecords(commands, maxGathered);
    this.#names = new RecordNames(prefix);
    this.#schedule = new RedisSchedule(commands, prefix);
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    checkKey(key);
    const text = await this.#records.read(this.#names.nameOf(key));
    return text === null ? undefined : decodeRecord(text);
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    options?: { ttlMs?: number | undefined },
  ): Promise<string | undefined> {
    checkKey(key);
    const ttlMs = checkedTtl(options);
    checkString(value, 'value');
    const version = newVersion();
    const isWritten = await this.#run(
      key,
      expected ?? EXPECTS_NOTHING,
      version,
      value,
      wholeMilliseconds(ttlMs),
    );
    return isWritten ? version : undefined;
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    checkKey(key);
    return await this.#run(key, expected ?? EXPECTS_ANYTHING);
  }

  async list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    const keys = new Set<string>();
    for await (const key of this.scan(prefix)) keys.add(key);
    return listKeys(keys, prefix, options);
  }

  async getMany(keys: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    checkKeys(keys);
    if (keys.length === 0) return [];
    const texts = await translated(() => this.#commands.getMany(keys.map((key) => this.#names.nameOf(key))));
    return texts.map((text) => (text === null ? undefined : decodeRecord(text)));
  }

  async *scan(prefix: string): AsyncGenerator<string> {
    checkString(prefix, 'prefix');
    for await (const page of this.#pagesUnder(prefix)) {
      for (const name of page) {
        const key = this.#names.keyOf(name);
        if (key?.startsWith(prefix)) yield key;
      }
    }
  }

  schedule(): Schedule {
    return this.#schedule;
  }

  /** Names of records, and perhaps others: of one index, or of the whole database. */
  async *#pagesUnder(prefix: string): AsyncGenerator<string[]> {
    const index = this.#names.indexOf(prefix);
    if (index !== undefined) {
      yield* this.#pagesOf(index);
      return;
    }
    const pattern = `${escapedForScan(this.#names.startOf(prefix))}*`;
    const pages = this.#commands.scan(pattern)[Symbol.asyncIterator]();
    for (;;) {
      const page = await translated(() => pages.next());
      if (page.done) return;
      yield page.value;
    }
  }

  async *#pagesOf(index: string): AsyncGenerator<string[]> {
    let next = FIRST_PAGE;
    do {
      const page = await translated(() => this.#commands.run(listScript, [index], [next]));
      const [following = FIRST_PAGE, ...names] = textsIn(page);
      yield names;
      next = following;
    } while (next !== FIRST_PAGE);
  }

  async #run(key: string, ...parameters: string[]): Promise<boolean> {
    return isDone(await this.#records.compareAndSet(this.#names.namesOf(key), parameters));
  }
}
