import { ContextSdkError, OAuthClient } from '@context-sdk/oauth-core';
import { google, ticktick } from '@context-sdk/oauth-core/providers';
import { createTickTickSandbox } from '@context-sdk/sandbox/ticktick';
import { answering } from '@context-sdk/test-support';
import type { PeerCase } from './case-files.ts';

const CLIENT = { clientId: 'app', clientSecret: 'secret', redirectUri: 'https://client.example.com/cb' };

/** The parameters of an authorization URL that the case names; `base` is what stands before them. */
export async function authorization(given: PeerCase): Promise<object> {
  const provider = given['provider'] === 'ticktick' ? ticktick : google;
  const { clientId, redirectUri, scopes } = given as unknown as {
    clientId: string;
    redirectUri: string;
    scopes: string[];
  };
  const client = new OAuthClient({ ...CLIENT, provider, clientId, redirectUri });
  const { url } = await client.beginAuthorization({ scopes });
  const all = { ...Object.fromEntries(url.searchParams), base: url.origin + url.pathname };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in Object(given.expected)));
}

/** What becomes of a response of the token endpoint: the tokens, or an error that has the case's word in it. */
export async function tokenResponse({ status, body, expected }: PeerCase): Promise<object> {
  const { fetch } = answering(() => Response.json(body, { status: Number(status) }));
  const client = new OAuthClient({ ...CLIENT, provider: ticktick, fetch });
  const { url, transaction } = await client.beginAuthorization();
  const callback = `${CLIENT.redirectUri}?code=c&state=${url.searchParams.get('state')}`;
  try {
    const { accessToken, refreshToken } = await client.completeAuthorization(callback, transaction);
    return { accessToken, refreshToken };
  } catch (error) {
    const { error: word } = Object(expected) as { error?: string };
    const isNamed = error instanceof ContextSdkError && word !== undefined && error.message.includes(word);
    return { error: isNamed ? word : String(error) };
  }
}

/** The challenge, if the sandbox takes the verifier for it. */
export async function challenge({ verifier, expected }: PeerCase): Promise<string> {
  const sandbox = createTickTickSandbox({ ticktick: { consent: 'automatic' } });
  const { clientId, clientSecret, redirectUris } = sandbox.ticktick.app;
  const redirect = redirectUris[0] ?? '';
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'tasks:read',
    state: 's',
    code_challenge: String(expected),
    code_challenge_method: 'S256',
  });
  const asked = await sandbox.fetch(`https://ticktick.com/oauth/authorize?${query}`);
  const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const answer = await sandbox.fetch('https://ticktick.com/oauth/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirect,
      code_verifier: String(verifier),
    }),
  });
  return answer.ok ? String(expected) : `refused with ${answer.status}`;
}
