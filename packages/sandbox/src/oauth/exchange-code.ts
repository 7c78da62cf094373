import type { AuthenticatedClient } from './client-authentication.ts';
import type { Grant } from './grants.ts';
import { type AuthorizationCode, failure, formParameter, type OAuthServer } from './server.ts';

/** Turns a code into a grant. An attempt uses the code up even if it fails. */
export async function exchangeCode(
  server: OAuthServer,
  form: URLSearchParams,
  client: AuthenticatedClient,
): Promise<{ grant: Grant; nonce: string | undefined }> {
  const code = takeCode(server, formParameter(server, form, 'code'));
  const { consent } = code.grant;
  if (consent.clientId !== client.app.clientId || consent.revoked) throw failure(server, 'codeOfAnotherApp');
  if (code.redirectUri !== form.get('redirect_uri')) throw failure(server, 'codeForAnotherUri');
  await checkVerifier(server, code, form.get('code_verifier'), client);
  server.grants.consents.add(consent);
  return { grant: { ...code.grant, publicClient: !client.confidential }, nonce: code.nonce };
}

/** If a code arrives twice, one of the two senders stole it. */
function takeCode(server: OAuthServer, value: string): AuthorizationCode {
  const code = server.codes.get(value);
  if (!code) throw failure(server, 'unknownCode');
  if (code.used) {
    server.stats.codeReplays += 1;
    if (server.profile.replayEndsGrant) code.grant.consent.revoked = true;
    throw failure(server, 'usedCode');
  }
  code.used = true;
  if (server.clock.now() >= code.expiresAt) throw failure(server, 'expiredCode');
  return code;
}

async function checkVerifier(
  server: OAuthServer,
  { codeChallenge }: AuthorizationCode,
  verifier: string | null,
  { confidential }: AuthenticatedClient,
): Promise<void> {
  if (codeChallenge === undefined) {
    if (!confidential) throw failure(server, 'unprovenClient');
    if (verifier !== null) throw failure(server, 'unexpectedVerifier');
    return;
  }
  if (verifier === null) throw failure(server, 'missingVerifier');
  const { method, value } = codeChallenge;
  if ((method === 'plain' ? verifier : await challengeOf(verifier)) !== value)
    throw failure(server, 'wrongVerifier');
}

/** The S256 challenge of a verifier (RFC 7636, section 4.2). */
async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
