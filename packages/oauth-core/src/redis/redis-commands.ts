import { withTimeout } from '../timing/timeouts.ts';
import type { RedisScript } from './redis-script.ts';

/** The few commands that the SDK needs, spelled alike for both libraries. */
export interface RedisCommands {
  /** Whether keys may be of different servers, so that one command can't have them all. */
  readonly isCluster: boolean;
  get(key: string): Promise<string | null>;
  /** As many in one command as are on one server. */
  getMany(keys: string[]): Promise<(string | null)[]>;
  /** Runs a script on keys of one slot: by its hash, or by its text where Redis does not know it yet. */
  run(script: RedisScript, keys: string[], parameters: string[]): Promise<unknown>;
  /** The keys that match, of all nodes, page by page; some may come twice. */
  scan(pattern: string): AsyncIterable<string[]>;
}

/** How many keys Redis examines per SCAN: it serves no other client meanwhile. */
export const SCAN_COUNT = 1000;

/** The text, with what SCAN treats as a pattern standing for itself. */
export function escapedForScan(text: string): string {
  return text.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
}

/** The same commands with a timeout: the libraries queue commands for as long as they are not connected. */
export function timedCommands(commands: RedisCommands, timeoutMs: number): RedisCommands {
  return {
    isCluster: commands.isCluster,
    get: (key) => withTimeout(timeoutMs, commands.get(key)),
    getMany: (keys) => withTimeout(timeoutMs, commands.getMany(keys)),
    run: (script, keys, parameters) => withTimeout(timeoutMs, commands.run(script, keys, parameters)),
    async *scan(pattern) {
      const pages = commands.scan(pattern)[Symbol.asyncIterator]();
      for (;;) {
        const page = await withTimeout(timeoutMs, pages.next());
        if (page.done) return;
        yield page.value;
      }
    },
  };
}
