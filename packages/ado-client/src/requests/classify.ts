import type { Classify } from '@context-sdk/oauth-core';
import type { RateLimitWatch } from './rate-limit-watch.ts';
import { errorFor, isPermission, isRefusal } from './service-failure.ts';

/** What Azure DevOps' answers mean. A sign-in page with 203, a redirect to one and a 401 all say the same. */
export function classifier(watch: RateLimitWatch): Classify {
  return (answer) => {
    watch.read(answer.headers);
    if (isRefusal(answer)) return isPermission(answer) ? errorFor(answer) : 'unauthorized';
    return answer.status < 300 ? undefined : errorFor(answer);
  };
}
