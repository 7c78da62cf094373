import { sha256 } from '../crypto/sha256.ts';
import { AuthorizationError, ConfigurationError, StoreError } from '../errors/index.ts';
import { isObject, parseJsonObject, textOf } from '../json/json-object.ts';
import { checkOptions, type OptionTypes } from '../options/option-types.ts';
import { hideFromInspect } from '../redaction/hide-from-inspect.ts';
import type { RecordStore } from '../stores/record-store.ts';
import { soundStore } from '../stores/sound-store.ts';

/** How long a user may take to sign in. */
export const TRANSACTION_LIFETIME_MS: number = 10 * 60_000;

/** 96 bits: two states never have the same id. */
const ID_LENGTH = 16;

/**
 * What has to be remembered between sending the user away and their coming back. It holds the PKCE verifier:
 * keep it on the server (see {@link authorizationTransactions}), never in the browser. `util.inspect` shows
 * no secret.
 */
export interface AuthorizationTransaction {
  provider: string;
  state: string;
  codeVerifier: string;
  nonce?: string;
  redirectUri: string;
  scopes: readonly string[];
  /** Epoch milliseconds, ten minutes after the sign-in began. */
  expiresAt: number;
  /** Where the host wants the user to land in the end. */
  returnTo?: string;
  /** What else the host wants to know at the callback, for example who began. */
  remember?: Readonly<Record<string, string>>;
}

const TRANSACTION: OptionTypes<AuthorizationTransaction> = {
  provider: 'string',
  state: 'string',
  codeVerifier: 'string',
  nonce: 'string',
  redirectUri: 'string',
  scopes: 'list',
  expiresAt: 'number',
  returnTo: 'string',
  remember: 'object',
};

/** The same transaction, safe to log. */
export function loggableTransaction(transaction: AuthorizationTransaction): AuthorizationTransaction {
  return hideFromInspect(transaction, ({ provider, redirectUri, scopes, expiresAt }) => ({
    provider,
    redirectUri,
    scopes,
    expiresAt,
  }));
}

/** A transaction as it is stored. */
export interface StoredTransaction {
  /** Of the record's shape. */
  v: 1;
  transaction: AuthorizationTransaction;
  browser: string;
}

/** Transactions between the redirect to the provider and the callback, each good for one callback. */
export interface AuthorizationTransactions {
  /**
   * Remembers a transaction for ten minutes. `browser` is a random value that the host also sets as an
   * HttpOnly cookie: the callback must come from the browser that began the sign-in (RFC 9700 §2.1).
   */
  save(transaction: AuthorizationTransaction, browser: string): Promise<void>;
  /**
   * Takes the transaction of a callback out of the store: of any number of callbacks with one state, one gets
   * it. Throws {@link AuthorizationError} if there is no such transaction, or the browser is a different one.
   */
  take(state: string | undefined, browser: string | undefined): Promise<AuthorizationTransaction>;
  /** A short hash of a state, for naming the browser's cookie. It reveals nothing about the state. */
  idOf(state: string): Promise<string>;
  /** Deletes the transaction with this id, for a sign-in that the browser gave up. */
  discard(id: string): Promise<void>;
}

function textOfTransaction(stored: StoredTransaction): string {
  try {
    return JSON.stringify(stored);
  } catch {
    throw new ConfigurationError('remember must hold texts.');
  }
}

/** Whether a value is the record of a sign-in that waits for its callback. */
export function isStoredTransaction(value: unknown): value is StoredTransaction {
  if (!isObject(value) || !isObject(value['transaction'])) return false;
  const { v = 1, browser } = value;
  const { scopes, expiresAt, remember = {}, nonce = '', returnTo = '', ...rest } = value['transaction'];
  return (
    v === 1 &&
    ['provider', 'state', 'codeVerifier', 'redirectUri'].every((name) => textOf(rest[name])) &&
    areTexts([browser, nonce, returnTo]) &&
    Array.isArray(scopes) &&
    areTexts(scopes) &&
    isObject(remember) &&
    areTexts(Object.values(remember)) &&
    Number.isFinite(expiresAt)
  );
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function parsed(text: string): StoredTransaction {
  const stored = parseJsonObject(text);
  if (isStoredTransaction(stored)) return stored;
  throw new StoreError('corrupt', 'The record of this sign-in is not one that the SDK wrote.');
}

/** How long a callback may take that comes while the store still has its sign-in. */
const CALLBACK_MS = 60_000;

/** The store ends a transaction by its own clock. An end that can't be by this machine's was written by another. */
function byThisClock(transaction: AuthorizationTransaction): AuthorizationTransaction {
  const remainingMs = transaction.expiresAt - Date.now();
  if (remainingMs > 0 && remainingMs <= TRANSACTION_LIFETIME_MS) return transaction;
  return { ...transaction, expiresAt: Date.now() + CALLBACK_MS };
}

/** Keeps transactions in a store, under the beginning of their state's SHA-256. */
export function authorizationTransactions(store: RecordStore): AuthorizationTransactions {
  const records = soundStore(store);
  const idOf = async (state: string): Promise<string> => {
    if (typeof state !== 'string') throw new ConfigurationError('state is not a string.');
    return (await sha256(state)).slice(0, ID_LENGTH);
  };
  const keyOf = (id: string): string => `oauth-transaction/${id}`;

  return {
    idOf,

    async discard(id) {
      if (typeof id !== 'string') throw new ConfigurationError('id is not a string.');
      await records.delete(keyOf(id));
    },

    async save(transaction, browser) {
      checkOptions(transaction ?? '', TRANSACTION, undefined, 'transaction');
      if (typeof browser !== 'string') throw new ConfigurationError('browser is not a string.');
      const value = textOfTransaction({ v: 1, transaction, browser: await sha256(browser) });
      await records.compareAndSet(keyOf(await idOf(transaction.state)), undefined, value, {
        ttlMs: TRANSACTION_LIFETIME_MS,
      });
    },

    async take(state, browser) {
      if (!state) throw new AuthorizationError('state-missing', 'The callback has no state.');
      const key = keyOf(await idOf(state));
      const record = await records.get(key);
      if (record === undefined) {
        throw new AuthorizationError(
          'transaction-used',
          'No sign-in is waiting for this callback: it was completed before, or began over ten minutes ago.',
        );
      }
      const stored = parsed(record.value);
      if (typeof browser !== 'string' || stored.browser !== (await sha256(browser))) {
        throw new AuthorizationError(
          'state-mismatch',
          'The callback comes from another browser than the sign-in.',
        );
      }
      if (!(await records.delete(key, record.version))) {
        throw new AuthorizationError('transaction-used', 'Another callback completed this sign-in first.');
      }
      return loggableTransaction(byThisClock(stored.transaction));
    },
  };
}
