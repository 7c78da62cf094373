import { withLease } from '@context-sdk/oauth-core/store-kit';
import { openStore } from '../../support/open-store.ts';

/** Takes a lease, says so, and never gives it back. */
const [, , kind = '', location = '', ttlMs] = process.argv;
const { store } = await openStore(kind, location);
await withLease(store, 'key', { ttlMs: Number(ttlMs) }, async () => {
  process.stdout.write('held\n');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
