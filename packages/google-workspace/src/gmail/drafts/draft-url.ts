import { checkOptions, isObject } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { Draft } from '../messages/message.ts';

/**
 * Where Gmail's own interface opens a draft, by the id of its message: after an update, the URL is another one. `account`: an
 * address, for browsers that are signed in to several.
 */
export function draftUrl(
  draft: Pick<Draft, 'message'>,
  options?: { account?: string | undefined } | null,
): string {
  if (!isObject(draft)) throw invalid('draft', 'is not an object');
  checkOptions(options, { account: 'string' }, invalid);
  const { message } = draft;
  const account = options?.account;
  const isText =
    account === undefined || account === null || (typeof account === 'string' && account.isWellFormed());
  if (!isText) throw invalid('account', 'is not well-formed text');
  const id = encodeURIComponent(checkedId(message?.id, 'message.id', invalid));
  const query = !account ? '' : `?authuser=${encodeURIComponent(account)}`;
  return `https://mail.google.com/mail/${query}#drafts?compose=${id}`;
}
