import { ReauthorizationRequiredError, ServiceUnavailableError } from '../errors/index.ts';
import {
  isDue,
  isJustRefreshed,
  isQuarantined,
  isUnexpired,
  pauseAfterFailureMs,
} from './refresh-schedule.ts';
import type { TokenRecord } from './token-record.ts';

function isGood(record: TokenRecord, rejected: string | undefined): boolean {
  if (rejected === undefined) return isUnexpired(record) && !isDue(record);
  return isUnexpired(record) && record.tokenSet.accessToken !== rejected;
}

function checkPause(record: TokenRecord, service: string): void {
  const retryAfterMs = pauseAfterFailureMs(record);
  if (retryAfterMs === 0) return;
  const times = record.failure?.count ?? 0;
  throw new ServiceUnavailableError(
    `The token of ${service} could not be refreshed (${times} times in a row); next try in ${retryAfterMs.toFixed()} ms.`,
    { service, retryAfterMs },
  );
}

/** The record if it needs no refresh, undefined if it does. Throws, without a request, if a refresh can't help or must wait. */
export function usableRecord(
  record: TokenRecord | undefined,
  rejected: string | undefined,
  service: string,
): TokenRecord | undefined {
  if (record === undefined) throw new ReauthorizationRequiredError('never-connected', { service });
  if (record.ended !== undefined) throw new ReauthorizationRequiredError(record.ended, { service });
  if (isQuarantined(record)) throw new ReauthorizationRequiredError('rejected', { service });
  if (isGood(record, rejected)) return record;
  if (record.tokenSet.refreshToken === undefined && !isUnexpired(record)) {
    throw new ReauthorizationRequiredError('expired', { service });
  }
  if (record.tokenSet.accessToken === rejected && isJustRefreshed(record) && record.replacesJustRefreshed) {
    throw new ReauthorizationRequiredError('rejected', { service });
  }
  checkPause(record, service);
  return undefined;
}
