import type { RecordedAction } from '../actions/recorded-action.ts';
import type { ToolAnswer } from '../answer.ts';
import type { PendingApproval } from '../approval/approvals.ts';
import type { ToolName } from '../input/inputs.ts';
import type { ToolEffect } from '../tool.ts';

/** One call of a tool, for the host's log and pages. */
export interface ToolCallEvent {
  userId: string;
  tool: ToolName;
  effect: ToolEffect;
  /** Epoch milliseconds. */
  at: number;
  status: ToolAnswer['status'];
  /** What was done, with what was before. */
  action?: RecordedAction;
  /** What waits for a person, with the token that approves it. */
  approval?: PendingApproval;
}

/** Receives each call of a tool. What it throws is ignored. */
export type OnCall = (event: ToolCallEvent) => unknown;
