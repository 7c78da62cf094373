/**
 * What accounts and organizations hold at first. `demo`: a full example of everything. A number: that many open tasks or
 * work items, and no calendar events or mails. `empty`: only what the service always has.
 */
export type Seed = 'demo' | 'empty' | number;
