import type { ContextSdkError, RevocationReport } from '@context-sdk/oauth-core';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ChangeService } from '../../options/provider-of-service.ts';
import type { SyncResult } from '../sync-state.ts';

/** What was done. */
export interface MaintenanceReport {
  /** Connections that were due. */
  connections: number;
  /** Channels, watches and hooks that were opened or renewed. */
  renewed: number;
  polled: number;
  /** Events that polling found, or that the host failed to handle before, and that it handled now. */
  events: number;
  /** What came of grants that ended and were still to be revoked at their providers. */
  revocations: RevocationReport;
  /** What failed, by user and service. It is retried when it is due again. */
  failures: MaintenanceFailure[];
}

/** What failed for one user. */
export interface MaintenanceFailure {
  userId: string;
  service: ChangeService | ProviderId;
  /** The one calendar that could not be read or watched; `primary` for the primary one. */
  calendarId?: string;
  error: ContextSdkError;
}

export function emptyReport(): MaintenanceReport {
  const revocations = { attempts: [], waiting: 0, unreadable: [] };
  return { connections: 0, renewed: 0, polled: 0, events: 0, revocations, failures: [] };
}

export function addResult(
  report: MaintenanceReport,
  userId: string,
  { service, did, events, error, partFailures = [] }: SyncResult,
): void {
  if (did === 'opened' || did === 'renewed') report.renewed += 1;
  if (did === 'polled') report.polled += 1;
  report.events += events;
  report.failures.push(...partFailures.map((failure) => ({ userId, service, ...failure })));
  const isTold = partFailures.some((failure) => failure.error === error);
  if (error !== undefined && !isTold) report.failures.push({ userId, service, error });
}

/** Adds what one step did to what a whole pass did. */
export function addReport(sum: MaintenanceReport, step: MaintenanceReport): void {
  sum.connections += step.connections;
  sum.renewed += step.renewed;
  sum.polled += step.polled;
  sum.events += step.events;
  sum.failures.push(...step.failures);
  sum.revocations.attempts.push(...step.revocations.attempts);
  sum.revocations.unreadable.push(...step.revocations.unreadable);
  sum.revocations.waiting += step.revocations.waiting;
}
