import { InvalidRequestError } from '@context-sdk/oauth-core';
import { checkedCallOptions } from '@context-sdk/oauth-core/client-kit';
import { UserClients } from '../../connections/user-clients.ts';
import type { User } from '../../users/user.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import type { ToolAnswer } from '../answer.ts';
import { Approvals, type PendingApproval } from '../approval/approvals.ts';
import { DEFINITIONS } from '../definitions/all.ts';
import type { WriteDefinition } from '../definitions/definition.ts';
import { UNDO } from '../definitions/undo.ts';
import type { ToolName } from '../input/inputs.ts';
import { ToolRun } from '../run/tool-run.ts';
import type { RecordedAction } from './recorded-action.ts';
import { ToolRecords } from './tool-records.ts';

/** What assistants did for users, and what waits for them. All of it is for the host's own pages, not for models. */
export interface ToolActions {
  /** The writes of a user's tools in the last 30 days, latest first, with what was before. Throws {@link StoreError}. */
  list(userId: string): Promise<RecordedAction[]>;
  /** Takes back a write. The answer says why if that isn't possible. Throws {@link StoreError}. */
  undo(userId: string, actionId: string): Promise<ToolAnswer>;
  /** The writes that wait for the user, for 15 minutes each, with the tokens that approve them. Throws {@link StoreError}. */
  pending(userId: string): Promise<PendingApproval[]>;
  /**
   * Runs a write that the user approved, as it was prepared. A token works once. Throws {@link InvalidRequestError} for one that
   * is unknown, used or expired, and {@link StoreError}. Failures of services are in the answer.
   */
  approve(userId: string, token: string, options?: { signal?: AbortSignal | undefined }): Promise<ToolAnswer>;
  /** Forgets a write that the user doesn't want. Throws {@link InvalidRequestError} for a token that is no longer valid. */
  reject(userId: string, token: string): Promise<void>;
}

/** The actions of all users. */
export function toolActions(userOf: (userId: string) => User): ToolActions {
  const storeOf = (user: User) => UserClients.optionsOf(user).store;
  const runOf = (user: User, timeZone: string): ToolRun =>
    new ToolRun({ user, timeZone, approve: () => 'run', onCall: undefined, tainted: false });
  return {
    async list(userId) {
      const user = userOf(userId);
      return await new ToolRecords(storeOf(user), user.id).actions();
    },
    async undo(userId, actionId) {
      if (typeof actionId !== 'string') throw invalidInput('actionId', 'is not a string');
      return await runOf(userOf(userId), 'UTC').execute(UNDO, { action: actionId }, undefined);
    },
    async pending(userId) {
      const user = userOf(userId);
      return await new Approvals(storeOf(user), user.id).list();
    },
    async approve(userId, token, options) {
      const { signal } = checkedCallOptions(options, 'tools');
      signal?.throwIfAborted();
      const user = userOf(userId);
      const found = await new Approvals(storeOf(user), user.id).find(token);
      const { tool, timeZone } = found.approval;
      return await runOf(user, timeZone).runApproved(writeNamed(tool), found, signal);
    },
    async reject(userId, token) {
      const user = userOf(userId);
      const { take } = await new Approvals(storeOf(user), user.id).find(token);
      await take();
    },
  };
}

function writeNamed(name: ToolName): WriteDefinition {
  const definition = DEFINITIONS.find((one) => one.name === name);
  if (definition === undefined || definition.effect === 'read')
    throw new InvalidRequestError('token is of a write that this version does not have.', { field: 'token' });
  return definition;
}
