import { NotFoundError } from '@context-sdk/oauth-core';

/** The answer, where there is one: TickTick's way to say that something is not there is often 200 without content. */
export function present<T>(answer: T | undefined, what: string): T {
  if (answer === undefined) {
    throw new NotFoundError(`TickTick has no ${what}.`, { service: 'ticktick', status: 200 });
  }
  return answer;
}
