import { emptyResponse } from '../../http/responses.ts';
import type { ServiceRequest } from '../../http/service.ts';
import type { OAuthState } from './oauth-state.ts';

/** Revokes the grant behind `token`, sent as multipart or plain form. An unknown token is no error. */
export async function revoke(state: OAuthState, request: ServiceRequest): Promise<Response> {
  const token = await readToken(request);
  if (token === undefined) return emptyResponse(400);
  state.grants.revokeToken(token);
  return emptyResponse();
}

async function readToken({ body, headers }: ServiceRequest): Promise<string | undefined> {
  const contentType = headers.get('content-type') ?? '';
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const token = form.get('token');
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}
