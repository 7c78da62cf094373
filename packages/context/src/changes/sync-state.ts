import type { ContextSdkError } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import type { Grant } from '../connections/connection.ts';
import type { UserClients } from '../connections/user-clients.ts';
import type { ChangeService } from '../options/provider-of-service.ts';
import { isNumber, isText, shapeOf } from '../records/shape.ts';
import type { Emit, PartFailure, SourceContext } from './change-source.ts';

/** Options for a sync. */
export interface SyncRequest {
  context: SourceContext & { clients: UserClients };
  emit: Emit;
  /** Whether the host asked for this connection, rather than for everything that is due. Retries a refused push. */
  isRequested?: boolean | undefined;
  /** Whether it neither waits for another process nor repeats a poll's requests: both come again when they are due. */
  isImpatient?: boolean | undefined;
  /** Whether it finds out if a service that is down is back. Its failure is not the account's. */
  isTrial?: boolean | undefined;
  /** Milliseconds between polls. Default: the source's own. */
  pollEveryMs?: number | undefined;
  /** Milliseconds between polls beside a push. Default: an hour. */
  slowPollEveryMs?: number | undefined;
  /** The longest interval in milliseconds, for accounts without changes. Default: `pollEveryMs`. */
  maxPollEveryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** What was done about the changes of one service for one user. */
export interface SyncResult {
  service: ChangeService;
  mode: 'push' | 'polling' | 'none';
  did: 'opened' | 'renewed' | 'polled' | 'nothing';
  events: number;
  /** Why the push failed, if polling replaces it, or why nothing worked, or which event the host did not handle. */
  error?: ContextSdkError;
  /** What failed while the rest went on. */
  partFailures?: PartFailure[];
}

/** A result with what only maintenance needs to know. */
export interface SyncAttempt extends SyncResult {
  /** Nothing was done before this time, in epoch milliseconds, since the service is down. */
  postponedUntil?: number;
  /** Whether nothing was done because another process is at it, or died at it. */
  isHeld?: true;
}

/** The stored state of one user's changes in one service. Also holds the lease. */
export interface SyncState {
  /** Whose changes these are. */
  grant: Grant;
  mode: SyncResult['mode'];
  /** Epoch milliseconds. Nothing has to be done before then. */
  dueAt: number;
  /** When the last poll began, in epoch milliseconds. */
  polledAt?: number;
  /** The interval in milliseconds that the last poll was made with. Absent in records of earlier versions. */
  everyMs?: number;
  /** The source's own data about its push. */
  push?: object;
  /** When the push has to be renewed, in epoch milliseconds. */
  renewAt?: number;
  /** Where the next poll starts. */
  position?: object;
  /** When the next poll is due, in epoch milliseconds. */
  pollAt?: number;
  /** Polls in a row that failed. */
  failures?: number | undefined;
  /** When the last change was found, or looking for changes began, in epoch milliseconds. */
  changedAt?: number | undefined;
  /** When this was written, by the clock of the machine that wrote it. */
  savedAt?: number;
  /** How many more times the pause until `dueAt` goes by the store's clock, since machines' clocks differ. */
  disputed?: number;
  /** Code of the error of the last attempt. */
  problem?: string;
}

const STATE = shapeOf(
  { grant: shapeOf({ id: isText, owner: isText }), mode: isText, dueAt: isNumber },
  {
    polledAt: isNumber,
    everyMs: isNumber,
    push: isObject,
    renewAt: isNumber,
    position: isObject,
    pollAt: isNumber,
    failures: isNumber,
    changedAt: isNumber,
    savedAt: isNumber,
    disputed: isNumber,
    problem: isText,
  },
);

/** Whether a record has what every state has, in the right types. */
export function isSyncState(value: unknown): value is SyncState {
  return STATE(value);
}

/** What is left of a state for the grant that is connected now: nothing of another account, everything of the same. */
export function stateFor(grant: Grant, stored: SyncState | undefined): Partial<SyncState> {
  if (stored === undefined || !isSyncState(stored) || stored.grant.owner !== grant.owner) return {};
  const { problem: _, ...state } = stored;
  // A new sign-in of the same account keeps its positions, and is looked after at once.
  return stored.grant.id === grant.id ? stored : { ...state, dueAt: 0, pollAt: 0 };
}
