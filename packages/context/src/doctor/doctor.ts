import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import {
  checkOptions,
  isObject,
  type OptionTypes,
  parseJsonObject,
} from '@context-sdk/oauth-core/client-kit';
import { compareKeys, readLeased, scanKeys } from '@context-sdk/oauth-core/store-kit';
import type { Connections } from '../connections/connections.ts';
import { currentGrant } from '../connections/current-grant.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { isUnreadable, overwriteJson } from '../records/json-record.ts';
import { invalidInput } from '../utils/input-checks.ts';
import { providerIn, RECORD_KINDS, type RecordKind, userIn } from './record-kinds.ts';

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
  const grant = await currentGrant(options, userId, provider).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    return 'unreadable' as const;
  });
  // Signing in again decides what becomes of it.
  if (grant === 'unreadable') return false;
  return grant === undefined || (kind.belongsTo === 'account' && grant.owner !== value['owner']);
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
  if (isOrphanedToken && userId !== undefined && provider !== undefined) {
    await connectionsOf(userId).disconnect(provider);
  } else if (kind.remade !== undefined) {
    await overwriteJson(options.store, key, kind.remade());
    return true;
  } else {
    await options.store.delete(key);
  }
  return (await options.store.get(key)) === undefined;
}
