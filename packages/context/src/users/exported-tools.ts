import type { RecordStore } from '@context-sdk/oauth-core';
import { keys } from '../records/keys.ts';
import { recordsUnder } from '../records/read-under.ts';

/** A write that a tool did for the user, or that waits for the user to approve it. */
export interface ExportedToolAction {
  /** Names it for `context.actions.undo`, unless it waits. */
  id: string;
  tool: string;
  effect: string;
  provider: string;
  /** What was done, or will be, in words for a person. */
  description: string;
  state: 'unknown' | 'failed' | 'done' | 'undone' | 'waiting';
  /** Epoch milliseconds: when it was done, or when it stops waiting. */
  at: number;
  /** What it was before and after the write, or what will be written. */
  content: unknown;
}

/** What a record has of it. What a waiting one is approved with is not read. */
type Stored = Omit<ExportedToolAction, 'content' | 'state' | 'at'> & {
  state?: Exclude<ExportedToolAction['state'], 'waiting'>;
  at?: number;
  undo?: unknown;
  arguments?: unknown;
  expiresAt?: number;
};

/** What tools did for a user and what waits for approval, latest first, without what approves it. */
export async function exportToolActions(store: RecordStore, userId: string): Promise<ExportedToolAction[]> {
  const actions: ExportedToolAction[] = [];
  for (const prefix of [keys.toolActions(userId), keys.toolApprovals(userId)]) {
    for await (const { value } of recordsUnder<Stored>(store, prefix)) {
      const { id, tool, effect, provider, description, state = 'waiting' } = value;
      // A record of another shape is doctor's.
      if (typeof id !== 'string' || typeof description !== 'string') continue;
      const at = value.at ?? value.expiresAt ?? 0;
      const content = value.undo ?? value.arguments;
      actions.push({ id, tool, effect, provider, description, state, at, content });
    }
  }
  return actions.toSorted((one, other) => other.at - one.at);
}
