import type { ProposedIds } from './tasks/batch.ts';

/** What can be chosen about the API's behaviour. */
export interface ApiOptions {
  readonly proposedIds: ProposedIds;
}
