import { type RedisCommands, SCAN_COUNT } from '../../redis/redis-commands.ts';
import { isUnknownScript, RedisScript } from '../../redis/redis-script.ts';

/** A script counts as a write, which Upstash sends to the primary region: a plain GET may read from a replica that lags behind. */
const getScript: RedisScript = new RedisScript("return redis.call('GET', KEYS[1])");
const getManyScript: RedisScript = new RedisScript("return redis.call('MGET', unpack(KEYS))");

/** Where Upstash is, and how it is asked. */
export interface UpstashEndpoint {
  readonly url: URL;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/** The commands over Upstash's REST: each is one POST of a JSON array. */
export function upstashCommands(endpoint: UpstashEndpoint): RedisCommands {
  const send = (...command: readonly string[]): Promise<unknown> => post(endpoint, command);
  const run: RedisCommands['run'] = async (script, keys, parameters) => {
    const rest = [String(keys.length), ...keys, ...parameters];
    try {
      return await send('EVALSHA', await script.sha1, ...rest);
    } catch (failure) {
      if (!isUnknownScript(failure)) throw failure;
      return await send('EVAL', script.text, ...rest);
    }
  };
  return {
    isCluster: false,
    run,
    async get(key) {
      const value = await run(getScript, [key], []);
      return typeof value === 'string' ? value : null;
    },
    async getMany(keys) {
      const values = await run(getManyScript, keys, []);
      if (!Array.isArray(values)) throw new Error('Not an answer of MGET.');
      return values.map((value: unknown) => (typeof value === 'string' ? value : null));
    },
    async *scan(pattern) {
      let cursor = '0';
      do {
        const page = await send('SCAN', cursor, 'MATCH', pattern, 'COUNT', String(SCAN_COUNT));
        const [next, keys]: unknown[] = Array.isArray(page) ? page : [];
        yield Array.isArray(keys) ? keys.map(String) : [];
        cursor = typeof next === 'string' ? next : '0';
      } while (cursor !== '0');
    },
  };
}

async function post(
  { url, token, fetch, timeoutMs }: UpstashEndpoint,
  command: readonly string[],
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(command),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (typeof answer === 'object' && answer !== null) {
    if ('error' in answer && typeof answer.error === 'string') throw new Error(answer.error);
    if (response.ok && 'result' in answer) return answer.result;
  }
  throw Object.assign(new Error('Not an answer of Upstash.'), { code: `HTTP_${response.status}` });
}
