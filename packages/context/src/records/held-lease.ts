import { StoreError } from '@context-sdk/oauth-core';
import type { Lease } from '@context-sdk/oauth-core/store-kit';

/** What is left of a lease's time. */
export type LeaseTime = Pick<Lease<unknown>, 'remainingMs'>;

/**
 * To be called before what another process may have begun by now would be ended or replaced. Throws {@link StoreError}
 * `lease-lost` once the lease has expired: this process may have stood still.
 */
export function checkHeld(lease: LeaseTime): void {
  if (lease.remainingMs() > 0) return;
  throw new StoreError('lease-lost', 'The work took so long that another process may have taken over.');
}
