import {
  ContextSdkError,
  type ErrorCode,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '@context-sdk/oauth-core';
import { asError } from './as-error.ts';
import { serviceName } from './service-names.ts';
import { isUsersRefusal } from './users-refusal.ts';

/**
 * What the user can do:
 *
 * - `connect`: sign in at the service, again or for the first time;
 * - `wait`: try again at `retryAt`;
 * - `retry`: try again now or in a moment;
 * - `reload`: look at what is there now, and then decide;
 * - `change`: ask for something else;
 * - `ask`: ask whoever manages the service for permission;
 * - `report`: nothing, but the host's maintainers can.
 */
export type UserAction = 'connect' | 'wait' | 'retry' | 'reload' | 'change' | 'ask' | 'report';

/** An error in words for the person who uses the application. */
export interface UserMessage {
  /** One or two sentences, in English. Nothing of the error's own message, which is for programmers, is in it. */
  text: string;
  action: UserAction;
  /** The error's code, for translations: `rate_limited`, …; `internal` for errors of others. */
  code: ErrorCode | 'internal' | (string & {});
  /** Whose error it is: `ticktick`, `google-calendar`, … */
  service?: string;
  /** When another try makes sense: epoch milliseconds. */
  retryAt?: number;
}

type Words = Pick<UserMessage, 'text' | 'action'>;

const OURS: Words = { text: 'Something went wrong on our side. Try again later.', action: 'report' };

/** By code: the words, with the name of the service in them. */
const WORDS: Readonly<Record<string, (service: string) => Words>> = {
  reauthorization_required: (service) => ({
    text: `The connection to ${service} has ended. Connect it again.`,
    action: 'connect',
  }),
  missing_scope: (service) => ({
    text: `${service} has not been allowed to do this yet. Connect it again, and allow what it asks for.`,
    action: 'connect',
  }),
  authorization_failed: (service) => ({
    text: `Signing in to ${service} was not completed. Begin again.`,
    action: 'connect',
  }),
  grant_changed: (service) => ({
    text: `${service} was connected again in the meantime. Try once more.`,
    action: 'retry',
  }),
  not_found: (service) => ({
    text: `This is not in ${service} anymore, or you can’t see it there.`,
    action: 'reload',
  }),
  permission_denied: (service) => ({
    text: `You are not allowed to do this in ${service}. Ask whoever manages it.`,
    action: 'ask',
  }),
  conflict: (service) => ({
    text: `This was changed in ${service} at the same time. Look at it again before you change it.`,
    action: 'reload',
  }),
  invalid_request: (service) => ({
    text: `${service} can’t do this with what was entered.`,
    action: 'change',
  }),
  no_free_slot: () => ({
    text: 'There is not enough free time for this. Try less time, or more days.',
    action: 'change',
  }),
  rate_limited: (service) => ({ text: `There were too many requests to ${service}.`, action: 'wait' }),
  service_unavailable: notReached,
  network: notReached,
  timeout: notReached,
  store: () => ({ ...OURS, action: 'retry' }),
  unexpected_response: (service) => ({
    text: `${service} gave an answer that we don’t understand.`,
    action: 'report',
  }),
  api_error: (service) => ({ text: `${service} refused this.`, action: 'report' }),
  aborted: () => ({ text: 'This was canceled.', action: 'retry' }),
};

function notReached(service: string): Words {
  return {
    text: `${service} does not answer at the moment. If you changed something, look whether it was done before you try again.`,
    action: 'retry',
  };
}

/**
 * Says in words for people what an error means and what they can do; for pages and notifications. Works for any error: what the
 * SDK did not throw is "something went wrong on our side". For a program, the error itself says more.
 */
export function describeForUser(error: unknown): UserMessage {
  const known = asError(error);
  if (!(known instanceof ContextSdkError)) return { ...OURS, code: 'internal' };
  const { code, service } = known;
  const name = service === undefined ? 'the service' : serviceName(service);
  const { text, action } = specialWords(known, name) ?? WORDS[code]?.(name) ?? OURS;
  const retryAt = retryTimeOf(known);
  const when = retryAt === undefined ? '' : ` Try again ${fromNow(retryAt)}.`;
  return {
    text: text.charAt(0).toUpperCase() + text.slice(1) + when,
    action,
    code,
    ...(service !== undefined && { service }),
    ...(retryAt !== undefined && { retryAt }),
  };
}

function specialWords(error: ContextSdkError, service: string): Words | undefined {
  if (error instanceof ReauthorizationRequiredError && error.reason === 'never-connected')
    return { text: `${service} is not connected yet. Connect it first.`, action: 'connect' };
  if (isUsersRefusal(error))
    return { text: `You did not allow access to ${service}, so nothing was connected.`, action: 'connect' };
  return undefined;
}

function retryTimeOf(error: ContextSdkError): number | undefined {
  return error instanceof RateLimitError || error instanceof ServiceUnavailableError
    ? error.retryAt
    : undefined;
}

/** "in 5 minutes": never too early. */
function fromNow(time: number): string {
  const seconds = Math.max(1, Math.ceil((time - Date.now()) / 1000));
  const words = new Intl.RelativeTimeFormat('en');
  if (seconds <= 90) return words.format(seconds, 'second');
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? words.format(minutes, 'minute') : words.format(Math.ceil(minutes / 60), 'hour');
}
