import { emptyResponse, htmlResponse, jsonResponse } from '../../http/responses.ts';
import type { RouteMatch } from '../../http/router.ts';
import type { Answer, ServiceRequest } from '../../http/service.ts';
import type { Grant, Grants } from '../../oauth/grants.ts';
import type { SpecCheck } from '../../spec/spec-check.ts';
import type { GoogleAccounts } from '../accounts.ts';
import { checkNames } from './check-names.ts';
import type { Crowds } from './crowds.ts';
import { isUnchanged } from './etags.ts';
import {
  authError,
  badRequest,
  GoogleFailure,
  insufficientPermissions,
  tooManyConcurrent,
} from './failures.ts';
import { grantOf } from './grant-of.ts';
import type { GoogleMethod } from './method.ts';
import { partialResponse } from './partial-response.ts';
import type { QueuedFailures } from './queued-failures.ts';
import type { Quotas } from './quotas.ts';

/** What a request has to get past. */
export interface Gates {
  readonly accounts: GoogleAccounts;
  readonly grants: Grants;
  readonly quotas: Quotas;
  readonly queued: QueuedFailures;
  readonly check: SpecCheck;
  readonly crowds: Crowds;
}

/** Is it in the discovery document, who is it, may they, how often, and what: in this order. */
export async function answerMethod(
  request: ServiceRequest,
  match: RouteMatch<GoogleMethod> | undefined,
  gates: Gates,
  isOneTooMany: boolean,
): Promise<Answer> {
  const grant = grantOf(gates.grants, request);
  const account = grant?.consent.account;
  try {
    const isResumable = request.query.get('uploadType') === 'resumable';
    // The discovery document has no pieces of uploads.
    const problems = isResumable ? [] : gates.check.check(request, match?.route.operation);
    if (problems.length > 0) throw badRequest(problems.join('; '));
    if (!grant) throw authError();
    if (!match) return { account, response: htmlResponse(NOT_FOUND_PAGE, 404) };
    if (isOneTooMany) throw tooManyConcurrent();
    admit(match.route, grant, gates, request.query.has('upload_id'));
    return { account, response: await handle(request, match, grant, gates.accounts) };
  } catch (error) {
    if (error instanceof GoogleFailure) return { account, response: error.toResponse() };
    throw error;
  }
}

/** Google's answer if there is no such method: a page, so that it cannot be mistaken for a missing resource. */
const NOT_FOUND_PAGE = '<!doctype html><title>Error 404 (Not Found)!!1</title>';

function admit(method: GoogleMethod, grant: Grant, { quotas, queued }: Gates, isPiece: boolean): void {
  if (!method.scopes.some((scope) => grant.scopes.includes(scope))) {
    throw insufficientPermissions(method.api, method.operation);
  }
  const failure =
    quotas.spend(method.api, grant.consent.account, isPiece ? 0 : method.units) ??
    queued.take(method.operation);
  if (failure) throw failure;
}

async function handle(
  request: ServiceRequest,
  { route, params }: RouteMatch<GoogleMethod>,
  { consent: { account, clientId }, scopes }: Grant,
  accounts: GoogleAccounts,
): Promise<Response> {
  checkNames(route, request);
  const call = { account: accounts.get(account), clientId, scopes, params, request };
  const value: unknown = await route.handle(call);
  if (value instanceof Response) return value;
  if (value === undefined) return emptyResponse(204);
  const { etag } = value as { etag?: unknown };
  const headers = typeof etag === 'string' ? { etag } : {};
  if (typeof etag === 'string' && isUnchanged(request, etag)) return emptyResponse(304, headers);
  return jsonResponse(partialResponse(value, request.query.get('fields')), 200, headers);
}
