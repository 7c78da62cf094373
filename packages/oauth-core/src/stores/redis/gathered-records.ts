import type { RedisCommands } from '../../redis/redis-commands.ts';
import { RedisScript } from '../../redis/redis-script.ts';
import { COMPARE_AND_SET, compareAndSetScript } from './record-scripts.ts';
import { redisStoreError } from './redis-errors.ts';

/** Timers that a test replaces must not keep commands waiting. Not all runtimes have `setImmediate`. */
const nextTurn = typeof setImmediate === 'function' ? setImmediate : queueMicrotask;

/**
 * KEYS: those of all commands. ARGV: two digits for each command, how many of them and of the parameters that follow are its own.
 * Without parameters it reads a record, else it writes one. Gives what each gave, or the text of its failure in a list.
 */
const gatheredScript: RedisScript = new RedisScript(`
local function compareAndSet(KEYS, ARGV)${COMPARE_AND_SET}
end
local answers = {}
local key = 0
local at = 1
for index = 1, #ARGV[1], 2 do
  local keys, parameters = string.byte(ARGV[1], index, index + 1)
  keys, parameters = keys - 48, parameters - 48
  local isDone, answer
  if parameters == 0 then
    isDone, answer = pcall(redis.call, 'GET', KEYS[key + 1])
  else
    isDone, answer = pcall(compareAndSet, { unpack(KEYS, key + 1, key + keys) }, { unpack(ARGV, at + 1, at + parameters) })
  end
  if not isDone then answer = { type(answer) == 'table' and answer.err or tostring(answer) } end
  answers[#answers + 1] = answer
  key = key + keys
  at = at + parameters
end
return answers`);

/** A read if it has no parameters, else a write. */
interface Command {
  readonly names: string[];
  readonly parameters: readonly string[];
  resolve(answer: unknown): void;
  reject(failure: unknown): void;
}

/**
 * Sends the reads and writes of one turn of the event loop as one command, in their order: most of what a lone one costs is its way.
 * One that fails leaves the others as they are. In a cluster each is sent alone. Rejects with {@link StoreError}.
 */
export class GatheredRecords {
  readonly #commands: RedisCommands;
  #max: number;
  #waiting: Command[] = [];

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
      const isFirst = this.#waiting.push({ names, parameters, resolve, reject }) === 1;
      if (this.#waiting.length >= this.#max) this.#sendWaiting();
      else if (isFirst) nextTurn(() => this.#sendWaiting());
    });
  }

  #sendWaiting(): void {
    const commands = this.#waiting;
    this.#waiting = [];
    const [first] = commands;
    if (commands.length === 1 && first !== undefined) this.#sendAlone(first);
    else if (commands.length > 1) void this.#send(commands);
  }

  #sendAlone({ names: [name = '', ...more], parameters, resolve, reject }: Command): void {
    const answer =
      parameters.length === 0
        ? this.#commands.get(name)
        : this.#commands.run(compareAndSetScript, [name, ...more], [...parameters]);
    answer.then(resolve, (failure: unknown) => reject(redisStoreError(failure)));
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
      if (!Array.isArray(answers) || answers.length !== commands.length) throw new Error('not a list');
      for (const [index, command] of commands.entries()) settle(command, answers[index]);
    } catch (failure) {
      if (failure instanceof Error && failure.message.includes('CROSSSLOT')) return this.#sendApart(commands);
      for (const { reject } of commands) reject(redisStoreError(failure));
    }
  }

  /** There is a cluster behind a client of one server: it refused the whole. */
  #sendApart(commands: readonly Command[]): void {
    this.#max = 1;
    for (const command of commands) this.#sendAlone(command);
  }
}

function settle({ resolve, reject }: Command, answer: unknown): void {
  if (Array.isArray(answer)) reject(redisStoreError(new Error(String(answer[0]))));
  else resolve(answer);
}
