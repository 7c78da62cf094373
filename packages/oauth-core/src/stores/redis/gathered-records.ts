import type { RedisCommands } from '../../redis/redis-commands.ts';
import { RedisScript } from '../../redis/redis-script.ts';
import { COMPARE_AND_SET, compareAndSetScript } from './record-scripts.ts';
import { redisStoreError } from './redis-errors.ts';

/** Timers that a test replaces must not keep commands waiting. Not all runtimes have `setImmediate`. */
const nextTurn = typeof setImmediate === 'function' ? setImmediate : queueMicrotask;

/**
 * Characters of values that are sent together, and bytes that are read together. What is longer costs more to copy for the script than
 * a command of its own does, and Redis serves nobody else meanwhile.
 */
const MAX_LENGTH = 100_000;

/**
 * KEYS: those of all commands. ARGV: two digits for each command, how many of them and of the parameters that follow are its own.
 * Without parameters it reads a record, else it writes one. Gives what each gave, or the text of its failure in a list. Ends early
 * once it has read much: what follows is sent alone. Fails as a whole if a replica is asked to write: `reconnectOnError` of ioredis
 * looks for the primary only if the response is an error.
 */
const gatheredScript: RedisScript = new RedisScript(`
local function compareAndSet(KEYS, ARGV)${COMPARE_AND_SET}
end
local answers = {}
local key = 0
local at = 1
local read = 0
for index = 1, #ARGV[1], 2 do
  local keys, parameters = string.byte(ARGV[1], index, index + 1)
  keys, parameters = keys - 48, parameters - 48
  local isDone, answer
  if parameters == 0 then
    isDone, answer = pcall(redis.call, 'GET', KEYS[key + 1])
  else
    isDone, answer = pcall(compareAndSet, { unpack(KEYS, key + 1, key + keys) }, { unpack(ARGV, at + 1, at + parameters) })
  end
  if not isDone then
    local failure = type(answer) == 'table' and answer.err or tostring(answer)
    local readonly = string.match(failure, 'READONLY.*')
    if readonly then return { err = readonly } end
    answer = { failure }
  end
  answers[#answers + 1] = answer
  if type(answer) == 'string' then read = read + #answer end
  if read > ${MAX_LENGTH} then break end
  key = key + keys
  at = at + parameters
end
return answers`);

/** Refused before anything was done, though each alone may do. */
const REFUSED_WHOLE = /CROSSSLOT|NOPERM|READONLY/;

/** A read if it has no parameters, else a write. */
interface Command {
  readonly names: string[];
  readonly parameters: readonly string[];
  resolve(answer: unknown): void;
  reject(failure: unknown): void;
}

/**
 * Sends the reads and writes of one turn of the event loop as one command, in their order: most of what a lone one costs is its way.
 * One that fails leaves the others as they are. Large ones, and all in a cluster, are sent alone. Rejects with {@link StoreError}.
 */
export class GatheredRecords {
  readonly #commands: RedisCommands;
  #max: number;
  #waiting: Command[] = [];
  /** Characters of what is waiting. */
  #length = 0;

  constructor(commands: RedisCommands, max: number) {
    this.#commands = commands;
    this.#max = commands.isCluster ? 1 : max;
  }

  /** The text of a record, or `null`. */
  read(name: string): Promise<unknown> {
    return this.#add([name], []);
  }

  compareAndSet(names: string[], parameters: readonly string[]): Promise<unknown> {
    return this.#add(names, parameters);
  }

  #add(names: string[], parameters: readonly string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let length = 0;
      for (const parameter of parameters) length += parameter.length;
      if (this.#length + length > MAX_LENGTH) this.#sendWaiting();
      this.#length += length;
      const isFirst = this.#waiting.push({ names, parameters, resolve, reject }) === 1;
      if (this.#waiting.length >= this.#max) this.#sendWaiting();
      else if (isFirst) nextTurn(() => this.#sendWaiting());
    });
  }

  #sendWaiting(): void {
    const commands = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    if (commands.length > 1) void this.#send(commands);
    else this.#sendApart(commands);
  }

  async #send(commands: readonly Command[]): Promise<void> {
    try {
      const names: string[] = [];
      const parameters: string[] = [''];
      for (const command of commands) {
        names.push(...command.names);
        parameters.push(...command.parameters);
        parameters[0] += `${command.names.length}${command.parameters.length}`;
      }
      const answers = await this.#commands.run(gatheredScript, names, parameters);
      if (!Array.isArray(answers) || answers.length === 0) throw new Error('not a list');
      const done = commands.slice(0, answers.length);
      for (const [index, command] of done.entries()) settle(command, answers[index]);
      this.#sendApart(commands.slice(done.length));
    } catch (failure) {
      const [refusal] = (failure instanceof Error && REFUSED_WHOLE.exec(failure.message)) || [];
      // There is a cluster behind a client of one server, or its user may run no scripts.
      if (refusal !== undefined && refusal !== 'READONLY') this.#max = 1;
      if (refusal !== undefined) this.#sendApart(commands);
      else for (const { reject } of commands) reject(redisStoreError(failure));
    }
  }

  #sendApart(commands: readonly Command[]): void {
    for (const command of commands) void this.#sendAlone(command);
  }

  async #sendAlone({ names, parameters, resolve, reject }: Command): Promise<void> {
    try {
      const [name = ''] = names;
      if (parameters.length === 0) resolve(await this.#commands.get(name));
      else resolve(await this.#commands.run(compareAndSetScript, names, [...parameters]));
    } catch (failure) {
      reject(redisStoreError(failure));
    }
  }
}

function settle({ resolve, reject }: Command, answer: unknown): void {
  if (Array.isArray(answer)) reject(redisStoreError(new Error(String(answer[0]))));
  else resolve(answer);
}
