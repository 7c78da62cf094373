import type { InvalidRequestError } from '@context-sdk/oauth-core';
import { invalid } from '../input/invalid.ts';

/** The error for a mail that can't be sent as it is: `field` names the part, for example `bcc[3]`. */
export function refused(field: string, problem: string): InvalidRequestError {
  return invalid('gmail', field, problem);
}
