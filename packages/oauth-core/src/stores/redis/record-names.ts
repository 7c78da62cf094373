/** The first two parts of a key: as the facade names records, all of one kind that one user has. */
const GROUP = /^[^/]*\/[^/]*/;
const NAME_OF_INDEX = ':keys';

function groupOf(key: string): string {
  return GROUP.exec(key)?.[0] ?? key;
}

/**
 * How Redis' keys are named: the prefix, `{group}`, and the rest of the record's key. A group has an index, the sorted set of its
 * longer keys. The braces keep a group with its index in one slot of a Redis Cluster, so that one script writes both.
 */
export class RecordNames {
  readonly #start: string;

  constructor(prefix: string) {
    this.#start = prefix + '{';
  }

  nameOf(key: string): string {
    const group = groupOf(key);
    return `${this.#start}${group}}${key.slice(group.length)}`;
  }

  /** The record's name, and that of its index if it has one. */
  namesOf(key: string): string[] {
    const group = groupOf(key);
    const start = `${this.#start}${group}}`;
    return group === key ? [start] : [start + key.slice(group.length), start + NAME_OF_INDEX];
  }

  /** The index that lists every key with this prefix, if there is one. */
  indexOf(prefix: string): string | undefined {
    const group = groupOf(prefix);
    return group === prefix ? undefined : `${this.#start}${group}}${NAME_OF_INDEX}`;
  }

  /** What the names of all keys with this prefix begin with, for a prefix that has no index. */
  startOf(prefix: string): string {
    return this.#start + prefix;
  }

  /** The key of the record with this name. `undefined` if it isn't the name of a record. */
  keyOf(name: string): string | undefined {
    for (let end = name.indexOf('}'); end !== -1; end = name.indexOf('}', end + 1)) {
      const key = name.slice(this.#start.length, end) + name.slice(end + 1);
      if (this.nameOf(key) === name) return key;
    }
    return undefined;
  }
}
