import type { Classify } from '@context-sdk/oauth-core/client-kit';
import { missingOperation } from '../errors.ts';

/** What a server says about a route that it doesn't have. */
const MISSING: ReadonlySet<number> = new Set([404, 405, 501]);

/** The guide limits batches, but shows no route for them: a gateway may have none, and then nothing was done. */
export function guideClassifier(classify: Classify): Classify {
  return (response) => {
    const { operation, status } = response;
    const isMissing = operation.endsWith('Many') && MISSING.has(status);
    return isMissing ? missingOperation(operation) : classify(response);
  };
}
