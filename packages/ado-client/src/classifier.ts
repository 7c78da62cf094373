import type { UnexpectedResponseError } from '@context-sdk/oauth-core';
import {
  apiErrorFor,
  beginningOf,
  type Classify,
  type CompleteResponse,
  isObject,
  parseJsonObject,
} from '@context-sdk/oauth-core/client-kit';
import { ApiError, InvalidRequestError, PermissionError } from '@context-sdk/oauth-core/errors';
import { type AdoErrorDetails, type FieldProblem, SERVICE, unexpected } from './errors.ts';
import { RATE_LIMIT_HEADERS, type RateLimitWatch } from './limits.ts';
import { type RefusalReason, refusalReason, refusalWords } from './refusal-reason.ts';

/** The request that proves a credential good: any token of the organization may send it. */
export const PROBE = 'identities.probe';

/** Both lengths: 52 characters of base32, and 84 with `AZDO` before the last four. */
const PAT = /\b(?:[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}|[a-z2-7]{52})\b/g;

/** 401s that a new token does not cure (docs/facts/azure-devops.md#refused-credentials). */
const NOT_ABOUT_THE_TOKEN = /^(WorkItemUnauthorizedHistoricalDataAccess|ReadRulesPermission)/;
/** The server took over 30 s for a query: it will again. */
const QUERY_TIMEOUT = /^WorkItemTrackingQueryTimeout/;

/** The item takes no more changes; nothing was done. */
const REVISION_LIMIT = /has \d[\d,.]* revisions/i;

/** A text that somebody else wrote, without anything that could be a personal access token. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.replace(PAT, '[redacted]') : undefined;
}

/** One broken rule in either case of its members; rules may be nested in it. */
function problemsIn(error: unknown): FieldProblem[] {
  if (!isObject(error)) return [];
  const field = text(error['fieldReferenceName'] ?? error['FieldReferenceName']);
  const message = text(error['errorMessage'] ?? error['ErrorMessage']) ?? '';
  const nested = error['ruleValidationErrors'] ?? error['RuleValidationErrors'];
  const inner = Array.isArray(nested) ? nested.flatMap(problemsIn) : [];
  return field === undefined || inner.some((problem) => problem.field === field)
    ? inner
    : [{ field, message }, ...inner];
}

/** `TF401347: … field 'System.AreaPath'`, by its reference name. */
const REFERENCE_NAME = /\bfields?:? ['"]?([\w-]+(?:\.[\w-]+)+)/i;
/** `TF401320: Rule Error for field Iteration Path. Error code: …`, by its localized name. */
const RULE_ERROR = /\bRule Error for field ([^.]{1,128})\. Error code\b/;

/** The field that a message names. */
function fieldInMessage(message = ''): string | undefined {
  return (REFERENCE_NAME.exec(message) ?? RULE_ERROR.exec(message))?.[1];
}

/** Every field that is wrong, from wherever the service says it: in a list, by itself, or in its message alone. */
function fieldProblems(body: Record<string, unknown>, message: string | undefined): FieldProblem[] {
  const inner = isObject(body['innerException']) ? body['innerException'] : {};
  const places = [body['customProperties'], body, inner['customProperties'], inner];
  const problems = places.flatMap(problemsIn);
  const field = fieldInMessage(message);
  return problems.length === 0 && field !== undefined ? [{ field, message: message ?? '' }] : problems;
}

/** Whether another token may change this answer: 401, and every way of showing a sign-in page. */
function isRefusal({ status, headers, operation }: CompleteResponse): boolean {
  if (status === 401 || status === 203) return true;
  const isHtml = headers.get('content-type')?.includes('html') ?? false;
  if (status >= 300 && status < 400) return isSignIn(headers.get('location'));
  // A file may be a page; a sign-in page instead of one comes as 203 or as a redirect.
  return status < 300 && isHtml && operation !== 'attachments.download';
}

function isSignIn(location: string | null): boolean {
  const url = URL.parse(location ?? '', 'https://dev.azure.com');
  if (url === null) return false;
  const isEntra = /^login\.(microsoftonline\.com|live\.com|windows\.net)$/.test(url.hostname);
  return isEntra || /\/_signin\b/i.test(url.pathname);
}

/**
 * The body of an error, in either shape: `{ message, typeKey, … }`, and `{ count, value: { Message } }` as batches have it
 * (docs/facts/azure-devops.md#batches).
 */
function errorBody(json: Record<string, unknown>): Record<string, unknown> {
  const wrapped = json['value'];
  if (!isObject(wrapped) || typeof wrapped['Message'] !== 'string') return json;
  return { ...wrapped, message: wrapped['Message'] };
}

function requestIdIn({ headers }: CompleteResponse): string | undefined {
  return headers.get('activityid') ?? headers.get('x-vss-e2eid') ?? undefined;
}

/** The error for an answer that is a failure, in Azure DevOps' own words. */
export function errorFor(answer: CompleteResponse): ApiError | UnexpectedResponseError {
  const { status } = answer;
  const body = errorBody(parseJsonObject(answer.text().replace(/^\uFEFF/, '')) ?? {});
  const message = text(body['message']);
  const [, code, said] = /^((?:TF|VS)\d+): *(.*)$/s.exec(message ?? '') ?? [undefined, undefined, message];
  const typeKey = text(body['typeKey']);
  const problems = fieldProblems(body, message);
  const details: AdoErrorDetails = {
    ...(typeKey !== undefined && { typeKey }),
    ...(problems.length > 0 && { fieldProblems: problems }),
  };
  const serviceCode = code ?? typeKey;
  const requestId = requestIdIn(answer);
  const failure = { service: SERVICE, serviceCode, said, requestId, details };
  const error = apiErrorFor(answer, failure);
  const options = { service: SERVICE, status, serviceCode, requestId, details };
  if (status === 400 || (status >= 500 && REVISION_LIMIT.test(message ?? '')))
    return new InvalidRequestError(error.message, { ...options, field: problems[0]?.field });
  if (status === 401) return new PermissionError(error.message, options);
  return QUERY_TIMEOUT.test(typeKey ?? '') ? new ApiError(error.message, options) : error;
}

/** Whether a 401 is about a right that no other token of this user has. */
function isPermission(answer: CompleteResponse): boolean {
  const typeKey = parseJsonObject(answer.text())?.['typeKey'];
  return typeof typeKey === 'string' && NOT_ABOUT_THE_TOKEN.test(typeKey);
}

/** A response that refuses a credential, as far as it can be shown. */
export interface Refusal {
  status: number;
  requestId: string | undefined;
  /** In the service's own words, if it said something. */
  said: string | undefined;
  reason: RefusalReason | undefined;
  /** What was sent: nothing secret of it is shown. */
  request: CompleteResponse['request'];
}

function refusalIn(answer: CompleteResponse): Refusal {
  const said = text(refusalWords(answer));
  const { status, request } = answer;
  const reason = refusalReason(answer);
  return { status, requestId: requestIdIn(answer), said: said && beginningOf(said), reason, request };
}

/**
 * The error for a refusal that doesn't end the credential: it is good for other routes. A page with 200 is then no sign-in page,
 * but that of a proxy or of maintenance: what became of the request is not known.
 */
export function notHere(answer: CompleteResponse): ApiError | UnexpectedResponseError {
  const { operation } = answer;
  const { status, requestId, said, reason } = refusalIn(answer);
  if (status < 203) return unexpected(`answered ${status} to ${operation} with a page`);
  const serviceCode = /^((?:TF|VS)\d+):/.exec(said ?? '')?.[1];
  const words = said ?? 'it takes the credential elsewhere: a scope is missing, or a policy forbids this';
  const message = `${SERVICE} answered ${status} to ${operation} (${words}).`;
  const details: AdoErrorDetails = reason === 'scope' || reason === 'policy' ? { reason } : {};
  return new PermissionError(message, { service: SERVICE, status, serviceCode, requestId, details });
}

/**
 * What Azure DevOps' responses mean. A sign-in page with 203, a redirect to one and a 401 all say the same. `onRefusal` is
 * called for those that may end a credential.
 */
export function classifier(watch: RateLimitWatch, onRefusal: (refusal: Refusal) => void): Classify {
  return (answer) => {
    // Far from its limits, which is most of the time, Azure DevOps says nothing about them.
    if (RATE_LIMIT_HEADERS.some((name) => answer.headers.has(name))) watch.read(answer.headers);
    if (!isRefusal(answer)) return answer.status < 300 ? undefined : errorFor(answer);
    if (isPermission(answer)) return errorFor(answer);
    const refusal = refusalIn(answer);
    if (refusal.reason === 'scope' || refusal.reason === 'policy') return notHere(answer);
    if (answer.operation !== PROBE) onRefusal(refusal);
    return 'unauthorized';
  };
}
