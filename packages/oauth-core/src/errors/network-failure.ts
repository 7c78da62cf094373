import { NetworkError } from './index.ts';

/** Failures after which it is certain that the server has seen nothing of the request. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function systemCodeOf(failure: unknown): string | undefined {
  for (let error: unknown = failure; typeof error === 'object' && error !== null;) {
    const code: unknown = Reflect.get(error, 'code');
    if (typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code)) return code;
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
