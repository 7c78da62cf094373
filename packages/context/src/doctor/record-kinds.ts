import { isObject } from '@context-sdk/oauth-core/client-kit';
import { isStoredTransaction, isTokenRecord, isTokenSet } from '@context-sdk/oauth-core/store-kit';
import { sourceOfKey } from '../changes/change-sources.ts';
import { isDelivery } from '../changes/events/delivery-record.ts';
import { isPendingEvent } from '../changes/events/pending-events.ts';
import { isDeadLetter } from '../changes/events/stored-letters.ts';
import { isPlannedInterval } from '../changes/maintenance/planned-interval.ts';
import { isOpenPushOf } from '../changes/open-pushes.ts';
import { isOutage } from '../changes/shared-outages.ts';
import { isSyncState } from '../changes/sync-state.ts';
import {
  endedHook,
  isChannelRoute,
  isHookRoute,
  isMailboxRoute,
  isRouteTarget,
  mendedMailbox,
} from '../changes/webhook-routing.ts';
import { isConnection } from '../connections/read-connection.ts';
import { isPendingGrant } from '../http/auth/pending-grant.ts';
import { isSession } from '../http/session-calls.ts';
import { isLinkedItem, isLinkRecord } from '../links/link-record.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { providerOfService } from '../options/provider-of-service.ts';
import { isPlanState } from '../plans/plan-state.ts';
import { isPlanRecord } from '../plans/stored-plan.ts';
import { isHandleRecord, lostHandles } from '../records/handle-record.ts';
import { isWorkItemRecord } from '../task-actions/create-work-item.ts';
import { isDraftRecord } from '../task-actions/draft-email.ts';
import { isStoredBlocks, LOST_BLOCKS } from '../time-blocks/stored-blocks.ts';
import { isRecordedAction } from '../tools/actions/recorded-action.ts';
import { isStoredApproval } from '../tools/approval/approvals.ts';

type Json = Record<string, unknown>;

/** A record as far as it is known. */
export interface DamagedRecord {
  key: string;
  /** Absent if nothing can be read. */
  value: Json | undefined;
  /** Of the user's account, or `unknown`. Absent without a connection. */
  owner: string | undefined;
}

/** A record as it is stored. */
export interface StandIn {
  value: object;
  /** Default: it lasts. */
  ttlMs?: number;
}

/** Says that a user connected an account of their own, as the lease of its changes stores it. */
export const OWN_CONNECTION: object = { data: {} };

/** Says of a record that counts by being there. */
const BEING_THERE = (): StandIn => ({ value: {} });

/** What is known of all records under one prefix. */
export interface RecordKind {
  /** Without its slash. */
  prefix: string;
  /** `lease`: `withLease` wrote it, and it may be a mere lock. */
  format: 'json' | 'lease';
  /** Whether the value has what every record of this kind has. */
  isWhole: (value: Json, key: string) => boolean;
  /** Which part of the key names the user. Absent if none does. */
  user?: number;
  /** What stands in for a damaged record. Absent, or nothing, if it is enough that it's gone. */
  standIn?: (damaged: DamagedRecord) => StandIn | undefined;
  /** What the record needs to be of use. */
  belongsTo?: 'connection' | 'account';
}

/** Whether a push is one of the source that its key names. */
function isPush(value: Json, key: string): boolean {
  const source = sourceOfKey(key);
  return source !== undefined && isOpenPushOf(source)(value);
}

function isEndingPush({ push }: Json, key: string): boolean {
  return sourceOfKey(key)?.isPush(push) ?? false;
}

/** The id in a push's key may be enough to end it. */
function lostPush({ key, owner }: DamagedRecord): StandIn | undefined {
  const push = sourceOfKey(key)?.lostPush?.(decodeURIComponent(key.split('/')[3] ?? ''));
  return owner === undefined || push === undefined ? undefined : { value: { owner, push } };
}

/** Has the blocks of a task searched for. The lease of an account's blocks has no task in its key. */
function lostBlocks({ key }: DamagedRecord): StandIn | undefined {
  return key.split('/').length === 3 ? { value: LOST_BLOCKS } : undefined;
}

/** The second part of a hook's key names the service whose deliveries it routes. */
function isHook(value: Json, key: string): boolean {
  return key.startsWith('hook/azure-devops/') ? isHookRoute(value) : isRouteTarget(value);
}

/** Every kind of record that a context stores, but `revocation-pause`: of those only their existence counts. */
export const RECORD_KINDS: readonly RecordKind[] = [
  {
    prefix: 'connection',
    format: 'json',
    isWhole: isConnection,
    user: 1,
  },
  {
    prefix: 'own-connection',
    format: 'lease',
    isWhole: isObject,
    user: 1,
    belongsTo: 'connection',
    standIn: () => ({ value: OWN_CONNECTION }),
  },
  {
    prefix: 'token',
    format: 'lease',
    isWhole: isTokenRecord,
    user: 1,
    belongsTo: 'connection',
  },
  {
    prefix: 'revocation',
    format: 'json',
    isWhole: ({ provider, tokenSet }) => typeof provider === 'string' && isTokenSet(tokenSet),
  },
  { prefix: 'own-revocation', format: 'json', isWhole: isObject, standIn: BEING_THERE },
  { prefix: 'oauth-transaction', format: 'json', isWhole: isStoredTransaction },
  { prefix: 'pending-grant', format: 'json', isWhole: isPendingGrant, user: 1 },
  {
    prefix: 'block-time',
    format: 'json',
    isWhole: isStoredBlocks,
    standIn: lostBlocks,
  },
  { prefix: 'plans', format: 'json', isWhole: isPlanState },
  { prefix: 'draft-email', format: 'lease', isWhole: isDraftRecord, user: 1 },
  { prefix: 'work-item', format: 'lease', isWhole: isWorkItemRecord },
  { prefix: 'own-work-item', format: 'json', isWhole: isObject, user: 1, standIn: BEING_THERE },
  { prefix: 'link', format: 'json', isWhole: isLinkRecord, user: 1, belongsTo: 'account' },
  { prefix: 'link-item', format: 'json', isWhole: isLinkedItem, user: 1 },
  { prefix: 'has-links', format: 'json', isWhole: isObject, user: 1, standIn: BEING_THERE },
  { prefix: 'link-turn', format: 'lease', isWhole: isObject, user: 1 },
  { prefix: 'feed', format: 'lease', isWhole: isSyncState, user: 1, belongsTo: 'connection' },
  { prefix: 'task-changes', format: 'json', isWhole: isObject, user: 1, belongsTo: 'connection' },
  { prefix: 'push', format: 'json', isWhole: isPush, user: 1, belongsTo: 'connection', standIn: lostPush },
  { prefix: 'hook', format: 'json', isWhole: isHook, belongsTo: 'account' },
  { prefix: 'ended-hook', format: 'json', isWhole: isObject, standIn: endedHook },
  { prefix: 'ending-push', format: 'json', isWhole: isEndingPush },
  { prefix: 'channel', format: 'json', isWhole: isChannelRoute, belongsTo: 'account' },
  {
    prefix: 'mailbox',
    format: 'json',
    isWhole: isMailboxRoute,
    standIn: ({ value }) => mendedMailbox(value),
  },
  { prefix: 'delivery', format: 'json', isWhole: isDelivery, user: 1 },
  { prefix: 'pending-event', format: 'json', isWhole: isPendingEvent, user: 1, belongsTo: 'connection' },
  { prefix: 'pause', format: 'json', isWhole: isObject, user: 1 },
  { prefix: 'dead-letter', format: 'json', isWhole: isDeadLetter, user: 1 },
  { prefix: 'session', format: 'json', isWhole: isSession },
  { prefix: 'user-session', format: 'json', isWhole: isObject, user: 1 },
  { prefix: 'tool-handles', format: 'json', isWhole: isHandleRecord, user: 1, standIn: lostHandles },
  { prefix: 'tool-action', format: 'json', isWhole: isRecordedAction, user: 1 },
  { prefix: 'tool-approval', format: 'json', isWhole: isStoredApproval, user: 1 },
  { prefix: 'tool-plan', format: 'json', isWhole: isPlanRecord, user: 1 },
  { prefix: 'tool-undo', format: 'lease', isWhole: isObject, user: 1 },
  { prefix: 'maintenance', format: 'json', isWhole: isPlannedInterval },
  { prefix: 'outage', format: 'json', isWhole: isOutage },
  { prefix: 'paused-outage', format: 'json', isWhole: isObject },
  // Of the server for one person: who may open its pages.
  { prefix: 'mcp', format: 'json', isWhole: isObject },
];

/** The provider that a record's key tells. */
export function providerIn(kind: RecordKind, key: string): ProviderId | undefined {
  if (kind.prefix === 'task-changes' || kind.prefix === 'link') return 'ticktick';
  if (kind.prefix === 'channel') return 'google';
  const part = key.split('/')[kind.prefix === 'hook' ? 1 : 2];
  return providerOfService(part);
}

/** The user that a record's key tells. */
export function userIn({ user }: RecordKind, key: string): string | undefined {
  const part = user === undefined ? undefined : key.split('/')[user];
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
