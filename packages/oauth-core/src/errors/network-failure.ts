import { NetworkError } from './index.ts';

/**
 * Failures after which it is certain that the server has seen nothing of the request: no connection, or a certificate that is not accepted
 * (https://nodejs.org/api/tls.html#x509-certificate-error-codes).
 */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Of Node and of undici. Nothing else is shown: in hex, a token is capitals and digits, too. */
const SYSTEM_CODE = /^(?:E[A-Z0-9]{2,14}|[A-Z]+(?:_[A-Z0-9]+)+)$/;
/** An error may be among its own reasons. */
const MAX_DEPTH = 8;

function systemCodeOf(failure: unknown): string | undefined {
  let error: unknown = failure;
  for (let depth = 0; depth < MAX_DEPTH && typeof error === 'object' && error !== null; depth += 1) {
    const code: unknown = Reflect.get(error, 'code');
    if (typeof code === 'string' && SYSTEM_CODE.test(code)) return code;
    const errors: unknown = Reflect.get(error, 'errors');
    error = Array.isArray(errors) ? errors[0] : Reflect.get(error, 'cause');
  }
  return undefined;
}

/** What `fetch` threw, as an error that can be shown: the original may hold the request with its headers. */
export function networkErrorFrom(failure: unknown, service: string): NetworkError {
  const systemCode = systemCodeOf(failure);
  const sent = systemCode === undefined || !NOT_SENT.has(systemCode);
  const what = sent ? 'No complete answer came from' : 'No connection could be made to';
  return new NetworkError(`${what} ${service}${systemCode ? ` (${systemCode})` : ''}.`, {
    service,
    systemCode,
    sent,
  });
}
