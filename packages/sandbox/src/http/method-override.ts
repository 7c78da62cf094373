import { bodyText, type ServiceRequest } from './service.ts';

const FORM = 'application/x-www-form-urlencoded';

/**
 * A POST may stand for another method, for programs behind proxies that let no other pass. A GET whose address is too long
 * brings its query in the body, as Google's library for Python sends it.
 */
export function withOverriddenMethod(request: ServiceRequest): ServiceRequest {
  const method = request.headers.get('x-http-method-override')?.toUpperCase();
  if (request.method !== 'POST' || method === undefined) return request;
  const isForm = request.headers.get('content-type')?.toLowerCase().startsWith(FORM) === true;
  if (method !== 'GET' || !isForm) return { ...request, method };
  return { ...request, method, query: new URLSearchParams(bodyText(request)), body: new Uint8Array() };
}
