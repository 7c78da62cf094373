import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import {
  checkOptions,
  isObject,
  type OptionTypes,
  parseJsonObject,
} from '@context-sdk/oauth-core/client-kit';
import { compareKeys, readLeased, scanKeys } from '@context-sdk/oauth-core/store-kit';
import type { Grant } from '../connections/connection.ts';
import type { Connections } from '../connections/connections.ts';
import { currentGrant } from '../connections/current-grant.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { isThere, isUnreadable, overwriteJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { invalidInput } from '../utils/input-checks.ts';
import {
  OWN_CONNECTION,
  providerIn,
  RECORD_KINDS,
  type RecordKind,
  type StandIn,
  userIn,
} from './record-kinds.ts';

/** What to do about what is found. */
export interface DoctorOptions {
  /** Deletes what is corrupt or orphaned, or makes it anew, and revokes orphaned tokens. Default: false. */
  mend?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** A record that is of no use. */
export interface DoctorFinding {
  /** Such as `feed` or `token`. */
  kind: string;
  key: string;
  userId?: string;
  /**
   * - `corrupt`: not what Context SDK wrote;
   * - `undecryptable`: encrypted with a key that the store was not given. It is never deleted, since the key may come back;
   * - `orphaned`: it belongs to a connection that no longer exists.
   */
  problem: 'corrupt' | 'undecryptable' | 'orphaned';
  mended: boolean;
}

/** What was looked at, and what is wrong with it. */
export interface DoctorReport {
  checked: number;
  findings: DoctorFinding[];
}

interface DoctorParts {
  options: Pick<ResolvedOptions, 'store' | 'providers'>;
  connectionsOf: (userId: string) => Connections;
}

const OPTIONS: OptionTypes<DoctorOptions> = { mend: 'boolean', signal: 'signal' };

type Problem = DoctorFinding['problem'];

/** Reads every record once. Rejects only if the store can't be listed, and with the signal's reason. */
export async function examine(parts: DoctorParts, given?: DoctorOptions): Promise<DoctorReport> {
  checkOptions(given, OPTIONS, invalidInput);
  const mend = given?.mend ?? false;
  const signal = given?.signal ?? undefined;
  const report: DoctorReport = { checked: 0, findings: [] };
  for (const kind of RECORD_KINDS) {
    // By key: a scan has no order, and may give a key twice.
    const findings = new Map<string, DoctorFinding>();
    for await (const key of scanKeys(parts.options.store, `${kind.prefix}/`)) {
      signal?.throwIfAborted();
      report.checked += 1;
      const problem = await problemOf(parts.options, kind, key);
      if (problem === undefined || findings.has(key)) continue;
      const userId = userIn(kind, key);
      const mended = mend && (await mendRecord(parts, kind, key, problem).catch(() => false));
      findings.set(key, { kind: kind.prefix, key, ...(userId !== undefined && { userId }), problem, mended });
    }
    report.findings.push(...[...findings.values()].toSorted((one, other) => compareKeys(one.key, other.key)));
  }
  return report;
}

async function problemOf(
  options: DoctorParts['options'],
  kind: RecordKind,
  key: string,
): Promise<Problem | undefined> {
  try {
    const value = await read(options.store, kind, key);
    if (value === undefined) return undefined;
    if (!kind.isWhole(value, key)) return 'corrupt';
    return (await isOrphaned(options, kind, key, value)) ? 'orphaned' : undefined;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return error.reason === 'key-missing' ? 'undecryptable' : 'corrupt';
  }
}

/** The record's value. `undefined` if it has gone meanwhile, or is a mere lock. */
async function read(
  store: RecordStore,
  kind: RecordKind,
  key: string,
): Promise<Record<string, unknown> | undefined> {
  const isLease = kind.format === 'lease' || (kind.prefix === 'block-time' && key.split('/').length === 2);
  if (isLease || key.endsWith('/position')) return await readLeased(store, key, isObject);
  const record = await store.get(key);
  if (record === undefined) return undefined;
  const value = parseJsonObject(record.value);
  if (value === undefined) throw new StoreError('corrupt', 'The record is not a JSON object.');
  return value;
}

async function isOrphaned(
  options: DoctorParts['options'],
  kind: RecordKind,
  key: string,
  value: Record<string, unknown>,
): Promise<boolean> {
  const provider = providerIn(kind, key);
  const userId = userIn(kind, key) ?? (typeof value['userId'] === 'string' ? value['userId'] : undefined);
  if (kind.belongsTo === undefined || provider === undefined || userId === undefined) return false;
  // It keeps a user whose connection is lost from acting as the owner of the host's token.
  if (kind.prefix === 'own-connection' && isShared(options, provider)) return false;
  const grant = await grantAt(options, userId, provider);
  // Signing in again decides what becomes of it.
  if (grant === 'unreadable') return false;
  return grant === undefined || (kind.belongsTo === 'account' && grant.owner !== value['owner']);
}

async function grantAt(
  options: DoctorParts['options'],
  userId: string,
  provider: ProviderId,
): Promise<Grant | 'unreadable' | undefined> {
  return await currentGrant(options, userId, provider).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    return 'unreadable' as const;
  });
}

function isShared({ providers }: DoctorParts['options'], provider: ProviderId): boolean {
  return provider === 'azure-devops' && providers.azureDevOps?.shared === true;
}

async function mendRecord(
  { options, connectionsOf }: DoctorParts,
  kind: RecordKind,
  key: string,
  problem: Problem,
): Promise<boolean> {
  if (problem === 'undecryptable') return false;
  const [userId, provider] = [userIn(kind, key), providerIn(kind, key)];
  // Tokens of a connection that is gone may still be good at the provider.
  const isOrphanedToken = problem === 'orphaned' && kind.prefix === 'token';
  const standIn = problem === 'corrupt' ? await standInFor(options, kind, key) : undefined;
  if (isOrphanedToken && userId !== undefined && provider !== undefined) {
    await endTokens(options, userId, provider, connectionsOf(userId));
  } else if (standIn !== undefined) {
    const { value, ttlMs } = standIn;
    await overwriteJson(options.store, key, value, ttlMs === undefined ? {} : { ttlMs });
    return true;
  } else {
    await options.store.delete(key);
  }
  return (await options.store.get(key)) === undefined;
}

/** The user still doesn't act as the owner of the host's token: only a disconnect of their own says so. */
async function endTokens(
  { store, ...options }: DoctorParts['options'],
  userId: string,
  provider: ProviderId,
  connections: Connections,
): Promise<void> {
  const key = keys.ownConnection(userId, provider);
  const isKept = isShared({ store, ...options }, provider) && (await isThere(store, key));
  await connections.disconnect(provider);
  if (isKept) await overwriteJson(store, key, OWN_CONNECTION);
}

async function standInFor(
  options: DoctorParts['options'],
  kind: RecordKind,
  key: string,
): Promise<StandIn | undefined> {
  if (kind.standIn === undefined) return undefined;
  const value = await read(options.store, kind, key).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    return undefined;
  });
  const [userId, provider] = [userIn(kind, key), providerIn(kind, key)];
  const isKnown = userId !== undefined && provider !== undefined;
  const grant = isKnown ? await grantAt(options, userId, provider) : undefined;
  return kind.standIn({ key, value, owner: grant === 'unreadable' ? 'unknown' : grant?.owner });
}
