import { redactor } from '../redaction/redactor.ts';

/**
 * Error codes that mean something: RFC 6749 §4.1.2.1 and §5.2, RFC 7009, RFC 8628, RFC 9449, OpenID Connect Core §3.1.2.6,
 * and those of Google and Entra.
 */
const ERROR_CODES = new Set(
  (
    'access_denied invalid_client invalid_grant invalid_request invalid_scope server_error temporarily_unavailable ' +
    'unauthorized_client unsupported_grant_type unsupported_response_type invalid_token unsupported_token_type ' +
    'slow_down authorization_pending expired_token invalid_dpop_proof use_dpop_nonce invalid_target ' +
    'account_selection_required consent_required interaction_required login_required invalid_request_object ' +
    'invalid_request_uri registration_not_supported request_not_supported request_uri_not_supported ' +
    'admin_policy_enforced deleted_client disabled_client disallowed_useragent invalid_rapt org_internal ' +
    'rate_limit_exceeded redirect_uri_mismatch invalid_resource'
  ).split(' '),
);

/** What RFC 6749 §5.2 does not allow in `error_description`. */
const NOT_ALLOWED = /[^\x20\x21\x23-\x5b\x5d-\x7e]+/g;
/** A code of a provider's own. */
const CODE_SHAPE = /^[a-z][\w.-]{0,63}$/i;
/** What no sentence has, but tokens, codes and hashes are. */
const OPAQUE_WORD = /[\w+/=%~.-]{24,}/g;
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.?$/i;
const MAX_READ = 2_000;
const MAX_SHOWN = 200;

type Secrets = readonly (string | undefined)[];

export function isErrorCode(code: string): boolean {
  return ERROR_CODES.has(code);
}

/** A provider's error code if it may be shown: one that is known, or looks like one and has nothing in it that looks like a secret. */
export function shownErrorCode(code: string | undefined, secrets: Secrets): string | undefined {
  if (code === undefined || isErrorCode(code)) return code;
  return CODE_SHAPE.test(code) && shownDescription(code, secrets) === code ? code : undefined;
}

/** What may be shown of a provider's sentence: no secret, nothing that looks like one, and only what RFC 6749 allows. */
export function shownDescription(text: string | undefined, secrets: Secrets): string | undefined {
  if (text === undefined) return undefined;
  const plain = redactor(secrets)(text.slice(0, MAX_READ))
    .replace(NOT_ALLOWED, ' ')
    .replace(OPAQUE_WORD, (word) => (/\d/.test(word) && !GUID.test(word) ? '[redacted]' : word));
  return plain.trim().slice(0, MAX_SHOWN);
}
