import type { Answer, Classify } from '../requests/answer.ts';
import { apiErrorFor, type ServiceFailure } from '../requests/api-error-for.ts';

/** What a service's own error body says, as far as it can be read. */
export type ReadFailure = (body: string, answer: Answer) => Omit<ServiceFailure, 'service'>;

/**
 * What responses mean where the HTTP status says all: 2xx is a success, 401 a token that another may replace, anything
 * else a typed error. `readFailure` adds the service's own code and words.
 */
export function classifyByStatus(service: string, readFailure?: ReadFailure): Classify {
  return (answer) => {
    if (answer.status >= 200 && answer.status < 300) return undefined;
    if (answer.status === 401) return 'unauthorized';
    return apiErrorFor(answer, { service, ...readFailure?.(answer.text(), answer) });
  };
}
