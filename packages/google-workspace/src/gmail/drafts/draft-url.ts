import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { Draft } from '../messages/message.ts';

/**
 * Where Gmail's own interface opens a draft, by the id of its message: after an update, the URL is another one. `account`: an
 * address, for browsers that are signed in to several.
 */
export function draftUrl(
  { message }: Pick<Draft, 'message'>,
  { account }: { account?: string | undefined } = {},
): string {
  const id = encodeURIComponent(checkedId(message?.id, 'message.id', invalid));
  const query = account === undefined ? '' : `?authuser=${encodeURIComponent(account)}`;
  return `https://mail.google.com/mail/${query}#drafts?compose=${id}`;
}
