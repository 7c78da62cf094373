import { withLease } from '../../../src/stores/with-lease.ts';
import { openStore } from './open-store.ts';

/** Takes a lease, says so, and never gives it back. */
const [, , kind, location, ttlMs] = process.argv;
await withLease(openStore(kind, location), 'key', { ttlMs: Number(ttlMs) }, async () => {
  process.stdout.write('held\n');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
