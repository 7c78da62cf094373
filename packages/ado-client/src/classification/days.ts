import { checkedDay } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';

/** A day in the form in which Azure DevOps keeps days: midnight UTC. Throws {@link InvalidRequestError}. */
export function checkedDayAsTime(day: string, field: string): string {
  return `${checkedDay(day, field, invalid)}T00:00:00Z`;
}
