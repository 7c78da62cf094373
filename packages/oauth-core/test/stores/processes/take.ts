import { withLease } from '../../../src/stores/with-lease.ts';
import { openStore } from './open-store.ts';

/** Takes a lease, with a wall clock that is off, and prints what it found. */
const [, , kind, location, ttlMs, clockOffsetMs] = process.argv;
const { now } = Date;
Date.now = () => now() + Number(clockOffsetMs);
process.stdout.write('waiting\n');
await withLease<string, void>(openStore(kind, location), 'key', { ttlMs: Number(ttlMs) }, async (lease) => {
  process.stdout.write(JSON.stringify({ value: lease.value, takenOver: lease.takenOver }));
  await lease.save('taken');
});
