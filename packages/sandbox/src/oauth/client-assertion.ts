import { stringOf } from '../json.ts';
import type { OAuthApp } from './profile.ts';
import { readJwt } from './read-jwt.ts';
import { failure, type OAuthServer, refuse } from './server.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Whether the app shows an assertion instead of its secret. */
export function hasAssertion(form: URLSearchParams): boolean {
  return form.has('client_assertion') || form.has('client_assertion_type');
}

/** The app that signed the assertion (RFC 7523 §2.2 and §3), if its provider takes any. */
export async function appOfAssertion(
  server: OAuthServer,
  form: URLSearchParams,
  tokenEndpoint: string,
): Promise<OAuthApp> {
  const text = form.get('client_assertion') ?? '';
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw failure(server, 'wrongAssertionType');
  const jwt = readJwt(text);
  if (jwt === undefined) throw failure(server, 'malformedAssertion');
  const { iss, sub, aud, exp, nbf } = jwt.claims;
  const clientId = form.get('client_id') ?? stringOf(sub);
  const app = server.apps.get(clientId);
  if (app === undefined) throw failure(server, 'unknownClient', clientId);
  if (form.has('client_secret')) refuse(server, 'twoCredentials');
  if (iss !== clientId || sub !== clientId) throw failure(server, 'assertionOfAnotherApp');
  const keys = app.publicKeys ?? [];
  const checked = await Promise.all(keys.map((key) => jwt.isSignedBy(key)));
  if (!checked.includes(true)) throw failure(server, 'unregisteredKey');
  const audiences = server.profile.audiences?.(tokenEndpoint) ?? [tokenEndpoint];
  if (![aud].flat().some((one) => audiences.includes(stringOf(one)))) throw failure(server, 'wrongAudience');
  const now = server.clock.now() / 1000;
  const isInTime = typeof exp === 'number' && exp > now && (typeof nbf !== 'number' || nbf <= now + SKEW);
  if (!isInTime) throw failure(server, 'assertionOutOfTime');
  return app;
}

/** Seconds that clocks may differ. */
const SKEW = 300;
