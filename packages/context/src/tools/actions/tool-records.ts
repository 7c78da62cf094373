import type { RecordStore } from '@context-sdk/oauth-core';
import type { ProviderId } from '../../options/provider-id.ts';
import { overwriteJson } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { recordsUnder } from '../../records/read-under.ts';
import type { Performed } from '../definitions/definition.ts';
import type { ToolName } from '../input/inputs.ts';
import type { ToolEffect } from '../tool.ts';

/** How long actions are kept, and can be undone. */
const ACTION_MS = 30 * 86_400_000;

/** A write that a tool did. */
export interface RecordedAction {
  /** Names it for `undo`. */
  id: string;
  tool: ToolName;
  effect: ToolEffect;
  provider: ProviderId;
  /** What was done, in words for a person. */
  description: string;
  /** Epoch milliseconds. */
  at: number;
  /** `unknown`: it began, and nothing is known of its end. `failed`: it was refused. */
  state: 'unknown' | 'failed' | 'done' | 'undone';
  /** Whether `undo` can take it back, and how: with what was before. */
  undo: Performed['undo'];
}

/** What is recorded of the tools of one user. */
export class ToolRecords {
  readonly #store: RecordStore;
  readonly #userId: string;

  constructor(store: RecordStore, userId: string) {
    this.#store = store;
    this.#userId = userId;
  }

  async saveAction(action: RecordedAction): Promise<void> {
    const key = keys.toolAction(this.#userId, action.provider, action.id);
    await overwriteJson(this.#store, key, action, { ttlMs: ACTION_MS });
  }

  async findAction(id: string): Promise<RecordedAction | undefined> {
    if (!/^a[0-9a-f]{8}$/.test(id)) return undefined;
    return (await this.actions()).find((action) => action.id === id);
  }

  /** The last write that was not undone. */
  async lastAction(): Promise<RecordedAction | undefined> {
    return (await this.actions()).find(({ tool, state }) => tool !== 'undo' && state === 'done');
  }

  /** All that are kept, latest first. */
  async actions(): Promise<RecordedAction[]> {
    const actions: RecordedAction[] = [];
    const prefix = keys.toolActions(this.#userId);
    for await (const { value } of recordsUnder<RecordedAction>(this.#store, prefix)) actions.push(value);
    return actions.toSorted((a, b) => b.at - a.at);
  }
}

/** A new id: short enough for a model to copy. */
export function newActionId(): string {
  return `a${crypto.randomUUID().slice(0, 8)}`;
}
