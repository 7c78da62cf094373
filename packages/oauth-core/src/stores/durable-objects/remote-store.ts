import { ConfigurationError, StoreError, type StoreFailure } from '../../errors/index.ts';
import { isObject } from '../../json/json-object.ts';
import { checkedListOptions, checkedTtl } from '../check-arguments.ts';
import type { RecordStore } from '../record-store.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { toStoreError } from '../store-outcome.ts';

type Method = 'get' | 'compareAndSet' | 'delete' | 'list' | 'plan' | 'cancel' | 'claim';

/** One call of a store, as plain data for a remote procedure call. */
export interface StoreCall {
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** What became of a {@link StoreCall}: errors lose their class on the way, so they travel as data. */
export type StoreReply =
  | { readonly value: unknown }
  | { readonly failure: { readonly reason?: StoreFailure; readonly message: string } };

/** A store with a schedule, which is what {@link remoteStore} returns. */
interface ScheduledStore extends RecordStore {
  schedule(): Schedule;
}

/**
 * Does what {@link remoteStore} asked for, in the process that has the store. Never rejects. Calls and replies may travel as JSON.
 *
 * @example
 * export class Records extends DurableObject {
 *   store = durableObjectStore(this.ctx.storage);
 *   call(call: StoreCall) { return answerStoreCall(this.store, call); }
 * }
 */
export async function answerStoreCall(store: RecordStore, call: StoreCall): Promise<StoreReply> {
  try {
    // What JSON leaves out is no reply any more.
    return { value: (await perform(store, call)) ?? null };
  } catch (failure) {
    const { message, ...rest } = toStoreError(failure);
    const reason = 'reason' in rest ? (rest.reason as StoreFailure) : undefined;
    return { failure: { message, ...(reason !== undefined && { reason }) } };
  }
}

/**
 * The store of a Durable Object for Workers, or of any other process: `send` makes the call there, for example
 * `(call) => env.RECORDS.getByName('records').call(call)`. One object does all calls one after another.
 *
 * @throws {ConfigurationError} if `send` is no function.
 */
export function remoteStore(send: (call: StoreCall) => PromiseLike<StoreReply>): ScheduledStore {
  if (typeof send !== 'function') throw new ConfigurationError('send has to be a function.');
  const ask = async (method: Method, args: readonly unknown[]): Promise<never> => {
    const reply: unknown = await replyOf(send, { method, args });
    if (isObject(reply) && 'value' in reply) return (reply['value'] ?? undefined) as never;
    const { reason, message } = failureIn(reply);
    throw reason === undefined ? new ConfigurationError(message) : new StoreError(reason, message);
  };
  const schedule: Schedule = {
    plan: (...args) => ask('plan', args),
    cancel: (...args) => ask('cancel', args),
    claim: (...args) => ask('claim', args),
  };
  return {
    get: (...args) => ask('get', args),
    async compareAndSet(...args) {
      // JSON would have null for a number that is none.
      checkedTtl(args[3]);
      return await ask('compareAndSet', args);
    },
    delete: (...args) => ask('delete', args),
    async list(...args) {
      checkedListOptions(args[1]);
      return await ask('list', args);
    },
    schedule: () => schedule,
  };
}

/** What is no reply, such as that of another version or of a proxy, must not be taken for "no such record". */
function failureIn(reply: unknown): { reason?: StoreFailure; message: string } {
  const failure = isObject(reply) ? reply['failure'] : undefined;
  if (isObject(failure) && typeof failure['message'] === 'string')
    return failure as { reason?: StoreFailure; message: string };
  throw new StoreError('unavailable', 'The remote store gave no reply that can be read.');
}

/** Awaited, since the promises of a Worker's remote calls are none of JavaScript's own. */
async function replyOf(
  send: (call: StoreCall) => PromiseLike<StoreReply>,
  call: StoreCall,
): Promise<StoreReply> {
  try {
    return await send(call);
  } catch {
    throw new StoreError('unavailable', 'The remote store could not be reached.');
  }
}

function perform(store: RecordStore, { method, args }: StoreCall): Promise<unknown> {
  const schedule = store.schedule?.();
  const methods: Record<Method, ((...args: never[]) => Promise<unknown>) | undefined> = {
    get: store.get.bind(store),
    compareAndSet: store.compareAndSet.bind(store),
    delete: store.delete.bind(store),
    list: store.list.bind(store),
    plan: schedule?.plan.bind(schedule),
    cancel: schedule?.cancel.bind(schedule),
    claim: schedule?.claim.bind(schedule),
  };
  const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (call === undefined) throw new ConfigurationError('The call is none of a store.');
  // JSON has null for what was not given.
  return call(...(args.map((arg) => arg ?? undefined) as never[]));
}
