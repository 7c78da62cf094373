import type { Sandbox } from '@context-sdk/sandbox';
import { type ApiAnswer, readAnswer, textsOf } from '../../support.ts';

export const REDIRECT_URI = 'http://localhost:8000/auth/azure-devops/callback';

export const RESOURCE = '499b84ac-1321-427f-aa17-267ca6975798';

/** A verifier and its S256 challenge (RFC 7636, appendix B). */
export const PKCE = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

const LOGIN = 'https://login.microsoftonline.com';

export function authorizeUrl(
  sandbox: Sandbox,
  params: Record<string, string> = {},
  tenant = 'organizations',
): string {
  const query = new URLSearchParams({
    client_id: sandbox.azureDevOps.app.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: `${RESOURCE}/vso.work_write offline_access`,
    state: 'xyz',
    code_challenge: PKCE.challenge,
    code_challenge_method: 'S256',
    ...params,
  });
  return `${LOGIN}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}

/** The parameters that the browser brings back to the app. */
export async function callback(sandbox: Sandbox, params?: Record<string, string>): Promise<URLSearchParams> {
  const response = await sandbox.fetch(authorizeUrl(sandbox, params));
  return new URL(response.headers.get('location') ?? '').searchParams;
}

/** Asks the token endpoint; by default as the demo app, with its secret in the form. */
export async function token(
  sandbox: Sandbox,
  form: Record<string, string>,
  { headers = {}, tenant = 'organizations' }: { headers?: Record<string, string>; tenant?: string } = {},
): Promise<ApiAnswer> {
  const { clientId, clientSecret = '' } = sandbox.azureDevOps.app;
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const body = new URLSearchParams('authorization' in headers ? form : { ...credentials, ...form });
  const init = { method: 'POST', headers, body };
  return readAnswer(await sandbox.fetch(`${LOGIN}/${tenant}/oauth2/v2.0/token`, init));
}

/** What redeems a code that was just issued. */
export async function codeForm(
  sandbox: Sandbox,
  params?: Record<string, string>,
): Promise<Record<string, string>> {
  return {
    grant_type: 'authorization_code',
    code: (await callback(sandbox, params)).get('code') ?? '',
    redirect_uri: REDIRECT_URI,
    code_verifier: PKCE.verifier,
  };
}

/** Goes through the whole flow. */
export async function signIn(sandbox: Sandbox): Promise<Record<string, string>> {
  const { json } = await token(sandbox, await codeForm(sandbox));
  return textsOf(json);
}
