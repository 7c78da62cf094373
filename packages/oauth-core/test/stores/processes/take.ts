import { withLease } from '@context-sdk/oauth-core/store-kit';
import { openStore } from '../../support/open-store.ts';

/** Takes a lease, with a wall clock that is off, and prints what it found. */
const [, , kind = '', location = '', ttlMs, clockOffsetMs] = process.argv;
const { now } = Date;
Date.now = () => now() + Number(clockOffsetMs);
const { store, close } = await openStore(kind, location);
process.stdout.write('waiting\n');
await withLease<string, void>(store, 'key', { ttlMs: Number(ttlMs) }, async (lease) => {
  process.stdout.write(JSON.stringify({ value: lease.value, takenOver: lease.takenOver }));
  await lease.save('taken');
});
await close();
