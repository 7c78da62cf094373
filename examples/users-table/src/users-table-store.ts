import type { DatabaseSync } from 'node:sqlite';
import { type RecordStore, StoreError } from '@context-sdk/context';
import { checkKey, checkTtl, listKeys } from '@context-sdk/context/store-kit';

type Entries = Record<string, { value: string; version: string; expiresAt?: number }>;

/** Whose record it is, if anybody's. */
type UserOf = (key: string) => string | undefined;

/** `token/{user}/…`, `connection/{user}/…`, and tokens that wait for the user's decision. */
const ownerOf: UserOf = (key) =>
  /^(?:token|connection|pending-grant)\/([^/]+)\//.exec(key)?.slice(1).map(decodeURIComponent)[0];

/**
 * Keeps what belongs to a user in a JSON column of the host's own table, `users(id, …, context)`, and everything else in
 * `rest`. Who deletes the user deletes the tokens.
 */
export function usersTableStore(db: DatabaseSync, rest: RecordStore, userOf: UserOf = ownerOf): RecordStore {
  const read = db.prepare('SELECT context FROM users WHERE id = ?');
  const write = db.prepare('UPDATE users SET context = ? WHERE id = ? AND context = ?');

  const entriesIn = (text: unknown): Entries => {
    const all = Object.entries(JSON.parse(typeof text === 'string' ? text : '{}') as Entries);
    return Object.fromEntries(
      all.filter(([, { expiresAt = Number.POSITIVE_INFINITY }]) => expiresAt > Date.now()),
    );
  };
  /** Runs without a pause, so only another process can come in between: then it looks again. */
  const change = (user: string, to: (entries: Entries) => Entries | undefined): boolean => {
    for (;;) {
      const before = read.get(user)?.['context'];
      if (before === undefined) throw new StoreError('unavailable', 'There is no such user.');
      const after = to(entriesIn(before));
      if (after === undefined) return false;
      if (write.run(JSON.stringify(after), user, before).changes === 1) return true;
    }
  };

  return {
    async get(key) {
      const user = userOf(key);
      if (user === undefined) return rest.get(key);
      checkKey(key);
      const { [key]: entry } = entriesIn(read.get(user)?.['context']);
      return entry && { value: entry.value, version: entry.version };
    },
    async compareAndSet(key, expected, value, options = {}) {
      const user = userOf(key);
      if (user === undefined) return rest.compareAndSet(key, expected, value, options);
      checkKey(key);
      checkTtl(options.ttlMs);
      const version = crypto.randomUUID();
      const entry = { value, version, ...(options.ttlMs && { expiresAt: Date.now() + options.ttlMs }) };
      const set = (entries: Entries): Entries | undefined =>
        entries[key]?.version === expected ? { ...entries, [key]: entry } : undefined;
      return change(user, set) ? version : undefined;
    },
    async delete(key, expected) {
      const user = userOf(key);
      if (user === undefined) return rest.delete(key, expected);
      checkKey(key);
      return change(user, ({ [key]: entry, ...others }) =>
        entry && (expected ?? entry.version) === entry.version ? others : undefined,
      );
    },
    async list(prefix, options) {
      const rows = db.prepare('SELECT context FROM users').all();
      const own = rows.flatMap(({ context }) => Object.keys(entriesIn(context)));
      return listKeys([...own, ...(await rest.list(prefix, options))], prefix, options);
    },
  };
}
