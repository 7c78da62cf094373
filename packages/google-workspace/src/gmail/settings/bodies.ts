import { checkedInstant, type Instant, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkedAddress } from '../mime/address.ts';
import type {
  Delegate,
  FilterAction,
  FilterCriteria,
  ForwardingAddress,
  SendAsInput,
  Vacation,
} from './resources.ts';

const SEND_AS_FIELDS = new Set([
  'sendAsEmail',
  'displayName',
  'replyToAddress',
  'signature',
  'isDefault',
  'treatAsAlias',
  'smtpMsa',
]);

/** The automatic reply, as it is set. */
export interface VacationInput extends Omit<Vacation, 'startTime' | 'endTime'> {
  /** Only mails that come from then on are answered. Also as Gmail returns it, in epoch milliseconds. */
  startTime?: Instant | undefined;
  /** Only mails that come before are answered. Also as Gmail returns it, in epoch milliseconds. */
  endTime?: Instant | undefined;
}

/** A new filter. */
export interface FilterInput {
  criteria: FilterCriteria;
  action: FilterAction;
}

/** Gmail asks for a subject or a text, and for times in order. Throws {@link InvalidRequestError} naming what is wrong. */
export function vacationBody({ startTime, endTime, ...vacation }: VacationInput): object {
  const { enableAutoReply, responseSubject, responseBodyPlainText, responseBodyHtml } = vacation;
  const hasText = [responseSubject, responseBodyPlainText, responseBodyHtml].some(
    (text) => (text ?? '') !== '',
  );
  if (enableAutoReply === true && !hasText) {
    throw invalid('responseSubject', 'is empty, and so is the text: an automatic reply needs one of them');
  }
  const start = epochMs(startTime, 'startTime');
  const end = epochMs(endTime, 'endTime');
  if (start !== undefined && end !== undefined && Number(start) >= Number(end)) {
    throw invalid('endTime', 'is not after startTime');
  }
  return omitUndefined({ ...vacation, startTime: start, endTime: end });
}

/** A filter needs something to look for, and something to do. */
export function filterBody({ criteria, action }: FilterInput): object {
  const isEmpty = (fields: object | undefined): boolean =>
    Object.values(fields ?? {}).every((value) => value === undefined || value === '');
  if (isEmpty(criteria)) throw invalid('criteria', 'is empty');
  if (isEmpty(action)) throw invalid('action', 'is empty');
  if ((criteria.size === undefined) !== (criteria.sizeComparison === undefined)) {
    throw invalid('criteria.size', 'needs sizeComparison, and the other way round');
  }
  if (action.forward !== undefined) checkedAddress(action.forward, 'action.forward');
  return { criteria: omitUndefined({ ...criteria }), action: omitUndefined({ ...action }) };
}

/** Throws {@link InvalidRequestError} unless it is one address, as do the others that have one. */
export function forwardingAddressBody({
  forwardingEmail,
}: Pick<ForwardingAddress, 'forwardingEmail'>): object {
  return { forwardingEmail: checkedAddress(forwardingEmail, 'forwardingEmail').address };
}

export function delegateBody({ delegateEmail }: Pick<Delegate, 'delegateEmail'>): object {
  return { delegateEmail: checkedAddress(delegateEmail, 'delegateEmail').address };
}

export function newSendAsBody(input: SendAsInput): object {
  checkedAddress(input.sendAsEmail, 'sendAsEmail');
  return sendAsBody(input);
}

export function sendAsBody(input: Partial<SendAsInput>): object {
  const unknown = Object.keys(input).find((name) => !SEND_AS_FIELDS.has(name));
  if (unknown !== undefined) throw invalid(unknown, 'is not a field of an address to send from');
  const { replyToAddress, isDefault } = input;
  if (replyToAddress !== undefined && replyToAddress !== '') checkedAddress(replyToAddress, 'replyToAddress');
  if (isDefault !== undefined && !isDefault) throw invalid('isDefault', 'can only be set to true');
  return omitUndefined({ ...input });
}

function epochMs(time: Instant | undefined, field: string): string | undefined {
  if (time === undefined || (typeof time === 'string' && /^\d{1,16}$/.test(time))) return time;
  return String(checkedInstant(time, field, invalid).at);
}
