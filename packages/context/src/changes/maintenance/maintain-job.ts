import {
  ContextSdkError,
  type RecordStore,
  type RevocationOutbox,
  type Schedule,
} from '@context-sdk/oauth-core';
import type { UserClients } from '../../connections/user-clients.ts';
import { isProviderId, type ProviderId } from '../../options/provider-id.ts';
import { REVOCATIONS } from '../../options/revocations.ts';
import { isThere } from '../../records/json-record.ts';
import { keys, parseConnectionKey } from '../../records/keys.ts';
import { DAY_MS, MINUTE_MS } from '../change-source.ts';
import { type ChangeSubscriptions, reportable } from '../change-subscriptions.ts';
import type { EventDispatcher } from '../events/event-dispatcher.ts';
import { pendingEventAt } from '../events/pending-events.ts';
import type { SubscriptionOptions } from '../subscription-options.ts';
import type { SyncAttempt } from '../sync-state.ts';
import { WALK } from './job-names.ts';
import { addResult, emptyReport, type MaintenanceReport } from './maintenance-report.ts';
import { planAll, WALK_EVERY_MS } from './walk.ts';

/** A connection is looked at this often, whatever its times say: a wrong clock may have written them. */
const MAX_DELAY_MS = DAY_MS;
/** Until a connection is looked at again that another process works on, or whose store failed. */
const BUSY_MS = 3_000;
/** Until one is that is being ended, or whose records can't be read here: another process may have their key. */
const WAITING_MS = MINUTE_MS;
/** Until a process that has the provider may come along. */
const NOT_CONFIGURED_MS = 5 * MINUTE_MS;
/** Until an event whose record can't be read here is looked at again: another process may have its key. */
const UNREADABLE_MS = 60 * MINUTE_MS;

/** What maintenance works with. */
export interface MaintenanceParts {
  store: RecordStore;
  /** Where jobs are planned. */
  schedule: Schedule;
  revocations: RevocationOutbox;
  clientsOf: (userId: string) => UserClients;
  /** Goes on with a disconnect that crashed; false if another process is at it. */
  finishDisconnect: (userId: string, provider: ProviderId) => Promise<boolean>;
  subscriptions: ChangeSubscriptions;
  dispatcher: EventDispatcher;
}

/** One step of maintenance: what was done for one job. */
export interface MaintenanceStep {
  job: string;
  /** When the job is due again, in epoch milliseconds. Absent if nothing is left to do for it. */
  dueAt?: number;
  /** Whether another process is at it, or died at it: its lease was not waited for. */
  isHeld?: true;
  report: MaintenanceReport;
}

type Due = Pick<MaintenanceStep, 'dueAt' | 'isHeld'>;

/** Does what is due for one job, without waiting for other processes, and tells when it is due again. */
export async function maintainJob(
  parts: MaintenanceParts,
  job: string,
  options: SubscriptionOptions,
): Promise<MaintenanceStep> {
  const report = emptyReport();
  const { dueAt, isHeld } = await work(parts, job, options, report);
  return {
    job,
    report,
    ...(dueAt !== undefined && { dueAt: Math.min(dueAt, Date.now() + MAX_DELAY_MS) }),
    ...(isHeld && { isHeld }),
  };
}

async function work(
  parts: MaintenanceParts,
  job: string,
  options: SubscriptionOptions,
  report: MaintenanceReport,
): Promise<Due> {
  if (job === WALK) {
    await planAll(parts.store, parts.schedule, options.signal);
    return { dueAt: Date.now() + WALK_EVERY_MS };
  }
  if (job === REVOCATIONS) return dueAgain(await revoke(parts, options, report));
  if (job.startsWith(keys.pendingEvents)) return dueAgain(await redeliver(parts, job, report));
  const connection = parseConnectionKey(job);
  return connection === undefined ? {} : await maintain(parts, connection, options, report);
}

function dueAgain(dueAt: number | undefined): Due {
  return dueAt === undefined ? {} : { dueAt };
}

async function revoke(
  { revocations }: MaintenanceParts,
  { signal }: SubscriptionOptions,
  report: MaintenanceReport,
): Promise<number | undefined> {
  report.revocations = await revocations.work({ signal });
  const { attempts, waiting, unreadable } = report.revocations;
  const isDone = waiting === 0 && unreadable.length === 0 && attempts.every(isSettled);
  return isDone ? undefined : Date.now() + MINUTE_MS;
}

function isSettled({ outcome }: { outcome: string }): boolean {
  return outcome !== 'pending';
}

/** Tells an event that the host failed to handle. One that fails again is counted as one more try. */
async function redeliver(
  { store, dispatcher }: MaintenanceParts,
  key: string,
  report: MaintenanceReport,
): Promise<number | undefined> {
  const found = await pendingEventAt(store, key).catch(() => 'unread' as const);
  if (found === 'unread') return Date.now() + BUSY_MS;
  if (found === undefined)
    return (await isThere(store, key).catch(() => true)) ? Date.now() + UNREADABLE_MS : undefined;
  if (found.waitMs > 0) return Date.now() + found.waitMs;
  // If the store fails, the event waits, and the others go on.
  const { state } = await dispatcher.dispatch(found.pending).catch(() => ({ state: 'busy' }));
  if (state === 'handled') report.events += 1;
  // A record that stayed behind would tell the event again once it is forgotten that it was handled.
  if (state === 'gone' || state === 'handled') await store.delete(key).catch(() => undefined);
  if (state === 'busy') return Date.now() + BUSY_MS;
  const next = await pendingEventAt(store, key).catch(() => 'unread' as const);
  if (next === 'unread') return Date.now() + BUSY_MS;
  return next && Date.now() + Math.max(0, next.waitMs);
}

async function maintain(
  { store, subscriptions, clientsOf, finishDisconnect }: MaintenanceParts,
  { userId, provider }: { userId: string; provider: string },
  options: SubscriptionOptions,
  report: MaintenanceReport,
): Promise<Due> {
  if (!isProviderId(provider)) return { dueAt: Date.now() + NOT_CONFIGURED_MS };
  if (!(await exists(store, keys.connection(userId, provider)))) return {};
  report.connections = 1;
  const clients = clientsOf(userId);
  const results = await subscriptions.sync(clients, provider, { ...options, isImpatient: true });
  for (const result of results) addResult(report, userId, result);
  if (results.length === 0) return { dueAt: Date.now() + NOT_CONFIGURED_MS };
  const dueAts = await Promise.all(results.map((result) => nextSync(subscriptions, userId, result, options)));
  const dueAt = Math.min(...dueAts);
  if (results.some((result) => result.isHeld)) return { dueAt, isHeld: true };
  if (!results.every(isIdle)) return { dueAt };
  const isFree = await finishDisconnect(userId, provider).catch((error: unknown) => {
    report.failures.push({ userId, service: provider, error: reportable(error) });
    return true;
  });
  return isFree ? { dueAt } : { dueAt: Math.min(dueAt, Date.now() + BUSY_MS), isHeld: true };
}

async function nextSync(
  subscriptions: ChangeSubscriptions,
  userId: string,
  { service, did, error, isHeld, postponedUntil }: SyncAttempt,
  options: SubscriptionOptions,
): Promise<number> {
  if (postponedUntil !== undefined) return postponedUntil;
  const dueAt = await subscriptions.dueAt(userId, service, options);
  const now = Date.now();
  if (did !== 'nothing' || (dueAt ?? 0) > now) return Math.max(now, dueAt ?? 0);
  // What is due and was not done is in the hands of another process, or of a disconnect, or its records couldn't be read.
  return now + (dueAt !== undefined || isHeld || error?.retryable ? BUSY_MS : WAITING_MS);
}

/** If the store fails, so does the connection's sync, which reports it. */
async function exists(store: RecordStore, key: string): Promise<boolean> {
  try {
    return await isThere(store, key);
  } catch (error) {
    if (error instanceof ContextSdkError) return true;
    throw error;
  }
}

/** Whether nothing was there to do, as for a connection that is being ended. */
function isIdle({ mode, did, error, postponedUntil }: SyncAttempt): boolean {
  return postponedUntil === undefined && mode === 'none' && did === 'nothing' && error === undefined;
}
