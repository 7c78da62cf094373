/** What is used of `ioredis` 6, of its `Redis` and of its `Cluster`. */
export interface IoRedisClient {
  /** Only `keyPrefix` is looked at. */
  readonly options: { readonly keyPrefix?: string | undefined };
  /** GET */
  get(key: string): Promise<string | null>;
  /** MGET */
  mget?(...keys: string[]): Promise<(string | null)[]>;
  /** EVAL */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** EVALSHA */
  evalsha(sha1: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** SCAN */
  scan(
    cursor: string,
    match: 'MATCH',
    pattern: string,
    count: 'COUNT',
    most: number,
  ): Promise<[cursor: string, keys: string[]]>;
  /** The nodes of a cluster. */
  nodes?(role: 'master'): Pick<IoRedisClient, 'scan'>[];
}

/** What is used of `redis` 4 to 6, of what its `createClient`, `createClientPool` and `createCluster` give. */
export interface NodeRedisClient {
  /** GET */
  get(key: string): Promise<string | null>;
  /** MGET */
  mGet?(keys: string[]): Promise<(string | null)[]>;
  /** EVAL */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** EVALSHA */
  evalSha(sha1: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** SCAN, of one server; the cursor is a string, which `redis` 4 takes, too, though its type says a number. */
  scan?(cursor: never, options: { MATCH: string; COUNT: number }): Promise<NodeRedisScan>;
  /** The nodes of a cluster. */
  readonly masters?: readonly unknown[];
  /** The client of one of them; no promise until `redis` 4. */
  nodeClient?(
    node: unknown,
  ): Required<Pick<NodeRedisClient, 'scan'>> | Promise<Required<Pick<NodeRedisClient, 'scan'>>>;
}

/** What `redis` answers to SCAN. */
export interface NodeRedisScan {
  /** A number until `redis` 4. */
  cursor: string | number;
  /** Text; by the types of `redis` 4 it may be bytes of text. */
  keys: readonly (string | Uint8Array)[];
}

/** A connected client of `ioredis` 5 and 6 or of `redis` 4 to 6, of one server or of a cluster. */
export type RedisClient = IoRedisClient | NodeRedisClient;
