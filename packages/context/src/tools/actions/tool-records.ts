import type { RecordStore } from '@context-sdk/oauth-core';
import { PROVIDER_IDS } from '../../options/provider-id.ts';
import { readWhole, updateJson } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { recordsUnder } from '../../records/read-under.ts';
import { isRecordedAction, type RecordedAction } from './recorded-action.ts';

/** How long actions are kept, and can be undone. */
const ACTION_MS = 30 * 86_400_000;

/** What is recorded of the tools of one user. */
export class ToolRecords {
  readonly #store: RecordStore;
  readonly #userId: string;

  constructor(store: RecordStore, userId: string) {
    this.#store = store;
    this.#userId = userId;
  }

  /** Writes an action that begins, unless a process that died had begun it already. */
  async beginAction(action: RecordedAction): Promise<void> {
    const key = keys.toolAction(this.#userId, action.provider, action.id);
    await this.#store.compareAndSet(key, undefined, JSON.stringify(action), { ttlMs: ACTION_MS });
  }

  /** Writes what came of an action, unless its record has gone with its account. */
  async endAction(action: RecordedAction): Promise<void> {
    const key = keys.toolAction(this.#userId, action.provider, action.id);
    await updateJson<RecordedAction>(this.#store, key, (begun) => begun && action, { ttlMs: ACTION_MS });
  }

  async findAction(id: string): Promise<RecordedAction | undefined> {
    if (!/^a[0-9a-f]{8}$/.test(id)) return undefined;
    const found = PROVIDER_IDS.map((provider) =>
      readWhole(this.#store, keys.toolAction(this.#userId, provider, id), isRecordedAction),
    );
    return (await Promise.all(found)).find((action) => action !== undefined);
  }

  /** The last write that was not undone. */
  async lastAction(): Promise<RecordedAction | undefined> {
    return (await this.actions()).find(({ tool, state }) => tool !== 'undo' && state === 'done');
  }

  /** All that are kept, latest first. Those that can't be read are left out; `doctor` lists them. */
  async actions(): Promise<RecordedAction[]> {
    const actions: RecordedAction[] = [];
    const prefix = keys.toolActions(this.#userId);
    for await (const { value } of recordsUnder(this.#store, prefix))
      if (isRecordedAction(value)) actions.push(value);
    return actions.toSorted((a, b) => b.at - a.at);
  }
}

/** A new id: short enough for a model to copy. */
export function newActionId(): string {
  return `a${crypto.randomUUID().slice(0, 8)}`;
}
