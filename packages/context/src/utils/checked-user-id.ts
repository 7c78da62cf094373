import { invalid } from './invalid.ts';

/** With the rest of a record's key it has to stay below the 512 bytes that stores take. */
const MOST = 256;

/** Throws {@link InvalidRequestError} for what can't name a user. */
export function checkedUserId(userId: unknown): string {
  if (typeof userId !== 'string' || userId === '') throw invalid('userId', 'is empty or not a text');
  if (/\p{Surrogate}/u.test(userId)) throw invalid('userId', 'holds half of a surrogate pair');
  if (encodeURIComponent(userId).length > MOST) {
    throw invalid('userId', `is too long: at most ${MOST} characters after URL encoding`);
  }
  return userId;
}
