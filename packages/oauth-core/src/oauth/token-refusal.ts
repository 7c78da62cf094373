import {
  ApiError,
  ConfigurationError,
  type ContextSdkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '../errors/index.ts';
import { retryAfterMs } from '../timing/retry-after.ts';
import { shownDescription, shownErrorCode } from './provider-text.ts';

const DEFAULT_PAUSE_MS = 5_000;
/** Milliseconds: an hour. */
const MAX_PAUSE_MS = 3_600_000;

/** The grant has ended, or goes on only once the user has answered (Entra), or an administrator forbids it (Google). */
const USERS_TURN = new Set([
  'invalid_grant',
  'interaction_required',
  'consent_required',
  'login_required',
  'admin_policy_enforced',
]);

/** Codes of RFC 6749 §5.2, and Google's, that only the host can mend, with the setting to look at. */
const HOSTS_FAULT: Record<string, string> = {
  invalid_client: 'clientId or clientSecret',
  unauthorized_client: 'clientId',
  unsupported_grant_type: 'provider',
  invalid_scope: 'scopes',
  redirect_uri_mismatch: 'redirectUri',
  deleted_client: 'clientId',
  disabled_client: 'clientId',
};

/** A token endpoint's answer that is not a success. */
export interface RefusedAnswer {
  status: number;
  headers: Headers;
  /** The `error` member of the body, as it came. */
  code: string | undefined;
  /** `error_description`, as it came. */
  text: string | undefined;
  /** What the request carried, and no error may show. */
  secrets: readonly (string | undefined)[];
}

/**
 * The error for a token endpoint's answer that is not a success, or says so in a 200. It is classified by what came, and
 * shows what is safe to show of it.
 */
export function tokenRefusal(service: string, answer: RefusedAnswer): ContextSdkError {
  const { status, headers, code, secrets } = answer;
  const shownCode = shownErrorCode(code, secrets);
  const said = [shownCode, shownDescription(answer.text, secrets)].filter(Boolean).join(': ');
  const message = `The token endpoint of ${service} answered ${status}${said ? ` ${said}` : ''}.`;
  const options = { service, status, serviceCode: shownCode };
  if (status === 429 || code === 'slow_down') {
    return new RateLimitError(message, {
      ...options,
      retryAfterMs: pauseMs(headers) ?? DEFAULT_PAUSE_MS,
    });
  }
  if (code !== undefined && USERS_TURN.has(code)) {
    const hint = said && `${service} says: ${said.replace(/\.$/, '')}.`;
    return new ReauthorizationRequiredError('revoked', { service, hint, providerCode: code });
  }
  if (code !== undefined && Object.hasOwn(HOSTS_FAULT, code)) {
    return new ConfigurationError(`${message} Check ${HOSTS_FAULT[code]}.`, { service });
  }
  if (status === 408 || status >= 500 || code === 'temporarily_unavailable' || code === 'server_error') {
    return new ServiceUnavailableError(message, { ...options, retryAfterMs: pauseMs(headers) });
  }
  return new ApiError(message, options);
}

/** What the server asks for, at most {@link MAX_PAUSE_MS}: a token that is not refreshed ends the connection. */
function pauseMs(headers: Headers): number | undefined {
  const ms = retryAfterMs(headers);
  return ms === undefined ? undefined : Math.min(ms, MAX_PAUSE_MS);
}
