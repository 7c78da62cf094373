import type { ProviderId } from '../options/provider-id.ts';

/** What a tool returns: `text` is for the model, the other fields are for the host. */
export type ToolAnswer =
  | {
      status: 'ok';
      text: string;
      /** The id of what was recorded of a write, for `undo`. */
      action?: string;
    }
  | {
      /** Nothing was done yet: a person has to approve it, with the token that `onCall` and `context.actions.pending` give the host. */
      status: 'needs-approval';
      text: string;
      approval: string;
      description: string;
      expiresAt: string;
    }
  /** The host's `approve` refused it. */
  | { status: 'refused'; text: string }
  /** An input that the tool can't work with. `field` names it. */
  | { status: 'invalid'; text: string; field: string }
  | {
      /** A person has to connect the provider, or allow more, at `connectUrl`. */
      status: 'connect';
      text: string;
      provider: ProviderId;
      connectUrl: string;
      missingScopes?: readonly string[];
    }
  /** A service or the store failed. `code` is that of the error. */
  | { status: 'failed'; text: string; code: string; retryable: boolean };
