import { within } from '../stores/within.ts';
import type { RedisCommands } from './redis-commands.ts';

/** Commands that do not wait for Redis any longer: the libraries queue them while they are not connected. */
export function timedCommands(commands: RedisCommands, timeoutMs: number): RedisCommands {
  return {
    isCluster: commands.isCluster,
    get: (key) => within(timeoutMs, commands.get(key)),
    delete: (key) => within(timeoutMs, commands.delete(key)),
    run: (script, keys, parameters) => within(timeoutMs, commands.run(script, keys, parameters)),
    async *scan(pattern) {
      const pages = commands.scan(pattern)[Symbol.asyncIterator]();
      for (;;) {
        const page = await within(timeoutMs, pages.next());
        if (page.done) return;
        yield page.value;
      }
    },
  };
}
