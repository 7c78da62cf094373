import { apiErrorFor, type ServiceFailure } from '../http/api-error-for.ts';
import { type Classify, type CompleteResponse } from '../http/exchange.ts';

/** What a service's own error body says, as far as it can be read. */
export type ReadFailure = (body: string, response: CompleteResponse) => Omit<ServiceFailure, 'service'>;

/**
 * What responses mean where the HTTP status says all: 2xx is a success, 401 a token that another may replace, anything
 * else a typed error. `readFailure` adds the service's own code and words.
 */
export function classifyByStatus(service: string, readFailure?: ReadFailure): Classify {
  return (response) => {
    if (response.status >= 200 && response.status < 300) return undefined;
    if (response.status === 401) return 'unauthorized';
    return apiErrorFor(response, { service, ...readFailure?.(response.text(), response) });
  };
}
