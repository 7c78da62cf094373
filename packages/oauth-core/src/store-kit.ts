/** What is needed to write a store, and to keep records of one's own under a lease. */
export { readLeased } from './leases/read-leased.ts';
export { type RenewedLeaseOptions, withRenewedLease } from './leases/renewed-lease.ts';
export { type Lease, type LeaseOptions, withLease } from './leases/with-lease.ts';
export { checkKey, checkListLimit, checkTtl } from './stores/check-arguments.ts';
export { compareKeys, listKeys } from './stores/list-keys.ts';
export { orderedKeys, readRecords, scanKeys } from './stores/many-records.ts';
export { isStoredTransaction } from './oauth/authorization-transactions.ts';
export { isTokenRecord, isTokenSet } from './tokens/token-record.ts';
export { shardOf } from './stores/schedule/checked-plan.ts';
export { memorySchedule } from './stores/schedule/memory-schedule.ts';
export { soundStore } from './stores/sound-store.ts';
export { isVolatile } from './stores/volatile.ts';
