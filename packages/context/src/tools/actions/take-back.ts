import { InvalidRequestError } from '@context-sdk/oauth-core';
import { keys } from '../../records/keys.ts';
import { withMendedLease } from '../../records/mended-lease.ts';
import type { ToolCall } from '../definitions/definition.ts';
import { line } from '../text/line.ts';
import { ToolRecords } from './tool-records.ts';
import { undoStep } from './undo-steps.ts';

const LEASE_MS = 60_000;

/**
 * Undoes an action, once, with a call that is pinned to its account, and returns what was done. Throws {@link ConflictError} if the item was changed since, and
 * {@link InvalidRequestError} if it can't be undone.
 */
export async function takeBack(tool: ToolCall, id: string): Promise<string> {
  const { store } = tool.options;
  const records = new ToolRecords(store, tool.user.id);
  const key = keys.toolUndo(tool.user.id);
  return await withMendedLease(
    store,
    key,
    { ttlMs: LEASE_MS, signal: tool.call.signal },
    async (lease, signal) => {
      const action = await records.findAction(id);
      if (action === undefined) throw impossible('is not known');
      if (action.state === 'undone') throw impossible('is already undone');
      if (action.state === 'failed') throw impossible('failed: there is nothing to undo');
      if (action.state === 'unknown') throw impossible('may not have been done: nothing is known of its end');
      if (action.undo.kind === 'none') throw impossible(`can’t be undone: ${action.undo.reason}`);
      await undoStep({ ...tool, call: { ...tool.call, signal }, lease }, action.undo);
      await records.endAction({ ...action, state: 'undone' });
      return line`Undone: ${action.description}`;
    },
  );
}

function impossible(problem: string): InvalidRequestError {
  return new InvalidRequestError(`action ${problem}.`, { field: 'action' });
}
