import { ConflictError, ContextSdkError } from '@context-sdk/oauth-core';
import type { Turn } from '../time-blocks/turn.ts';
import type { AppliedPiece, PlanPiece } from './plan.ts';

/** One failure doesn't take the others. */
export async function attempt(
  { call }: Turn,
  name: Pick<AppliedPiece, 'taskId' | 'occurrence' | 'slot'>,
  write: () => Promise<AppliedPiece>,
): Promise<AppliedPiece> {
  try {
    return await write();
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof ConflictError) return { ...name, outcome: 'conflict' };
    if (!(error instanceof ContextSdkError)) throw error;
    return { ...name, outcome: 'failed', error };
  }
}

export function nameOf({ taskId, occurrence }: PlanPiece): Pick<AppliedPiece, 'taskId' | 'occurrence'> {
  return { taskId, ...(occurrence !== undefined && { occurrence }) };
}

export function slotOf({ start, end }: PlanPiece): { start: string; end: string } {
  return { start, end };
}
