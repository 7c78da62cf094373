import { NotFoundError } from '@context-sdk/oauth-core/errors';
import type { AdoErrorDetails } from '../errors.ts';

const ITEM_KEYS = /^WorkItem(UnauthorizedAccess|NotFound|DoesNotExist)/;

/** A 404 also stands for a missing organization, project or route: only these say that it is the item. */
function isMissingItem(error: unknown): boolean {
  if (!(error instanceof NotFoundError)) return false;
  const { typeKey = '' } = (error.details ?? {}) as AdoErrorDetails;
  return error.serviceCode === 'TF401232' || ITEM_KEYS.test(typeKey);
}

/** What a call gives, or undefined where the item doesn't exist or this user may not see it. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissingItem(error)) return undefined;
    throw error;
  }
}
