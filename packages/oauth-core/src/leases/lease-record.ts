import { StoreError } from '../errors/index.ts';
import { isObject } from '../json/json-object.ts';
import type { RecordStore, StoredRecord } from '../stores/record-store.ts';
import { isTransient } from '../stores/store-outcome.ts';
import { MAX_TIMER_MS } from '../timing/delay.ts';

/** Who holds a record, or held it last: it stays behind a release, so that a writer can recognize its own write. */
export interface LeaseHolder {
  /** Random, new for every lease that is taken. */
  readonly id: string;
  /** Milliseconds that the holder has, by its own monotonic clock. */
  readonly ttlMs: number;
  readonly held: boolean;
  /** Set once a holder has died or stalled, until the next save: what it did outside the record is not known. */
  readonly abandoned?: true;
  /** Milliseconds for which waiters have seen it held, one after another. */
  readonly watchedMs?: number;
  /** How many times its time has begun anew. Who watches counts from the last one. */
  readonly renewals?: number;
}

/** A record as `withLease` writes it: JSON `{ data?, lease?, expires? }`. */
export interface LeaseRecord<T> {
  readonly value: T | undefined;
  readonly lease: LeaseHolder | undefined;
  /** The TTL in milliseconds that the value was saved with. A store does not tell it, and every write sets it anew. */
  readonly ttlMs: number | undefined;
  /** Undefined where there is no record. */
  readonly version: string | undefined;
}

/**
 * Added to the TTL of a record while it is held. Stores expire by wall clocks, which may jump, and a record
 * that expired would be free to take; yet what a dead holder leaves behind must go some day.
 */
const HELD_EXTRA_MS = 24 * 60 * 60 * 1000;
const CUT_OFF_MS = 500;

/** How a record is read. */
export interface ReadOptions<T> {
  readonly onRead?: (() => void) | undefined;
  /** Whether a value has the shape that it was written with. */
  readonly isValue?: ((value: unknown) => value is T) | undefined;
}

/**
 * Reads a record; {@link StoreError} `corrupt` where something else than `withLease` wrote it. `onRead` is called before
 * each attempt.
 */
export async function readRecord<T>(
  store: RecordStore,
  key: string,
  { onRead, isValue }: ReadOptions<T> = {},
): Promise<LeaseRecord<T>> {
  const stored = await getTwice(store, key, onRead);
  if (!stored) return { value: undefined, lease: undefined, ttlMs: undefined, version: undefined };
  const { data, lease, expires } = parse<T>(key, stored.value);
  if (data !== undefined && isValue?.(data) === false) throw corrupt(key);
  return { value: data, lease, ttlMs: expires, version: stored.version };
}

/** Once more where the first was cut off under way; a store that takes its time to fail is away. */
async function getTwice(
  store: RecordStore,
  key: string,
  onRead?: () => void,
): Promise<StoredRecord | undefined> {
  const startedAt = performance.now();
  try {
    onRead?.();
    return await store.get(key);
  } catch (failure) {
    if (!isTransient(failure) || performance.now() - startedAt > CUT_OFF_MS) throw failure;
    onRead?.();
    return store.get(key);
  }
}

export type RecordContent<T> = Pick<LeaseRecord<T>, 'value' | 'lease' | 'ttlMs'>;

export function encodeRecord<T>({ value, lease, ttlMs }: RecordContent<T>): string {
  return JSON.stringify({ data: value, lease, expires: ttlMs });
}

/** The options to write a record with: it lasts unless it was saved with a TTL, or is a mere lock. */
export function lifetimeOf<T>({ value, lease, ttlMs }: RecordContent<T>): { ttlMs?: number } {
  if (value !== undefined && ttlMs === undefined) return {};
  return { ttlMs: (ttlMs ?? 0) + (lease?.held ? lease.ttlMs + HELD_EXTRA_MS : 0) };
}

interface Envelope<T> {
  data?: T;
  lease?: LeaseHolder;
  expires?: number;
}

function parse<T>(key: string, text: string): Envelope<T> {
  try {
    const envelope: unknown = JSON.parse(text);
    if (isEnvelope<T>(envelope)) return envelope;
  } catch {
    // The parser's message quotes the text, which may be a token.
  }
  throw corrupt(key);
}

function corrupt(key: string): StoreError {
  return new StoreError(
    'corrupt',
    `The record ${JSON.stringify(key)} is not one that this version of the SDK wrote.`,
  );
}

function isEnvelope<T>(candidate: unknown): candidate is Envelope<T> {
  if (!isObject(candidate)) return false;
  const { data, lease, expires }: Partial<Record<keyof Envelope<T>, unknown>> = candidate;
  if (data === undefined && lease === undefined) return false;
  return (lease === undefined || isLeaseHolder(lease)) && (expires === undefined || isPositive(expires));
}

function isLeaseHolder(candidate: unknown): candidate is LeaseHolder {
  if (!isObject(candidate)) return false;
  const { id, ttlMs, held, abandoned, watchedMs, renewals }: Partial<Record<keyof LeaseHolder, unknown>> =
    candidate;
  const isComplete = typeof id === 'string' && isPositive(ttlMs, MAX_TIMER_MS) && typeof held === 'boolean';
  const isWatched = [watchedMs, renewals].every((count) => count === undefined || isPositive(count));
  return isComplete && isWatched && (abandoned === undefined || abandoned === true);
}

/** Stores accept no time above the default `max`: a record with one could never be written again. */
function isPositive(candidate: unknown, max = Number.MAX_SAFE_INTEGER): candidate is number {
  return typeof candidate === 'number' && candidate > 0 && candidate <= max;
}
