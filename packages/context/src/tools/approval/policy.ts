import type { ToolName } from '../input/inputs.ts';
import type { ToolEffect } from '../tool.ts';

/** A write that a host decides about. */
export interface ApprovalRequest {
  userId: string;
  tool: ToolName;
  effect: ToolEffect;
  /** What will be, in words for a person. What services and other people wrote is data in it. */
  description: string;
  /** Whether the model has read what strangers may have written: it may be acting for them. */
  tainted: boolean;
}

/** `run`: at once. `ask`: once a person approves it. `refuse`: not at all. */
export type ApprovalDecision = 'run' | 'ask' | 'refuse';

/**
 * Which writes wait for a person: all (`writes`), those that reach other people (`outbound`), none (`never`), or those that the
 * function decides about. With `never`, outbound calls still wait once the model has read mail or other strangers' texts: only a
 * function can say otherwise.
 */
export type ApprovalPolicy =
  | 'never'
  | 'writes'
  | 'outbound'
  | ((request: ApprovalRequest) => ApprovalDecision | Promise<ApprovalDecision>);

/** What the host's policy says. A function that fails, or returns anything else, asks. */
export async function decide(policy: ApprovalPolicy, request: ApprovalRequest): Promise<ApprovalDecision> {
  const isOutbound = request.effect === 'outbound';
  switch (policy) {
    case 'writes':
      return 'ask';
    case 'outbound':
      return isOutbound ? 'ask' : 'run';
    case 'never':
      return isOutbound && request.tainted ? 'ask' : 'run';
    default: {
      const decision = await (async () => policy(request))().catch(() => 'ask' as const);
      return decision === 'run' || decision === 'refuse' ? decision : 'ask';
    }
  }
}
