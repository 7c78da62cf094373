import { htmlResponse } from '../../http/responses.ts';
import type { Answer, ServiceRequest } from '../../http/service.ts';
import type { Sleep } from '../../time/clock.ts';
import { authorize, type Credentials } from '../access/authorize.ts';
import type { Caller } from '../access/caller.ts';
import { type Refusals, refuse } from '../access/refuse.ts';
import { ApiFailure } from '../api-failure.ts';
import { blockedFailure } from '../limits/rate-limit.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Organization } from '../organization/organization.ts';
import { addressOf } from './address.ts';
import type { ApiSettings } from './api-call.ts';
import { runRoute } from './run-route.ts';

/** What stands between a request and its route. */
export interface ApiParts {
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly credentials: Credentials;
  readonly refusals: Refusals;
  readonly rateLimits: RateLimits;
  readonly settings: ApiSettings;
  readonly sleep: Sleep;
}

/** Which organisation, who, and how often: in this order. */
export async function answerApiCall(request: ServiceRequest, parts: ApiParts): Promise<Answer> {
  const organization = parts.organizations.get(addressOf(request).organization.toLowerCase());
  if (!organization) return { response: htmlResponse(NOT_FOUND_PAGE, 404) };
  const caller = identify(request, organization, parts);
  if (caller instanceof Response) return { response: caller };
  const account = caller.person.uniqueName;
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const verdict = parts.rateLimits.of(organization.name, account).request(isRead ? 'read' : 'write');
  if (verdict.blocked) return { account, response: blockedFailure().toResponse(verdict.headers) };
  if (verdict.delayMs > 0) await parts.sleep(verdict.delayMs);
  const response = await runRoute(request, organization, caller, parts.settings);
  for (const [name, value] of Object.entries(verdict.headers)) response.headers.set(name, value);
  response.headers.set('activityid', crypto.randomUUID());
  return { account, response };
}

function identify(
  request: ServiceRequest,
  organization: Organization,
  { credentials, refusals }: ApiParts,
): Caller | Response {
  try {
    const found = authorize(request, organization, credentials);
    return typeof found === 'string' ? refuse(request, found, refusals) : found;
  } catch (error) {
    if (error instanceof ApiFailure) return error.toResponse();
    throw error;
  }
}

const NOT_FOUND_PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>404 - Page not found</title></head><body></body></html>';
