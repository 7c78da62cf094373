import {
  ConfigurationError,
  ContextSdkError,
  ServiceUnavailableError,
  WebhookParseError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core';
import { parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import type { ChangeWebhook, ReceivedEvent } from '../changes/change-source.ts';
import { CHANGE_SOURCES } from '../changes/change-sources.ts';
import type { EventDispatcher } from '../changes/events/event-dispatcher.ts';
import { WebhookRouting } from '../changes/webhook-routing.ts';
import { configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { asError } from '../utils/as-error.ts';
import { problemResponse } from './problem-response.ts';
import { BodyTooLargeError, bodyWasRead, requestBody, wasParsed } from './request-body.ts';
import { methodNotAllowed, noSuchRoute, type Report, type Route } from './route.ts';

/** Deliveries have some kilobytes, unless their service says otherwise. */
const MAX_BYTES = 1_048_576;
/**
 * Tries of an event after which its service is not asked for it any more. Each refusal speaks against all deliveries: Azure DevOps puts
 * a hook on probation after nine, and Pub/Sub slows down.
 */
const ASKED_FOR = 5;

/** `/webhooks/ticktick[/{key}]`, `/google/calendar`, `/google/gmail` and `/azure-devops`. */
export function webhookRoutes(options: ResolvedOptions, dispatcher: EventDispatcher): Route {
  const context = { options, routing: new WebhookRouting(options.store) };
  return async (request, segments, report) => {
    const match = findWebhook(options, segments);
    if (match === undefined) throw noSuchRoute();
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const { webhook, pathKey } = match;
    try {
      const { headers } = request;
      const readBody = deliveredBody(request, match);
      const events = await webhook.receive(context, { headers, pathKey, readBody });
      const isTold = await tellAll({ dispatcher, webhook, report }, events);
      return new Response(null, { status: isTold ? 204 : 503 });
    } catch (thrown) {
      const error = whyRefused(thrown, request, match);
      if (error instanceof BodyTooLargeError) return tooLarge();
      if (error instanceof WebhookVerificationError) {
        options.audit({ type: 'delivery-refused', provider: match.provider, error });
      }
      const reference = report(error);
      return (await webhook.respondToFailure?.(error)) ?? failureResponse(error, request, reference);
    }
  };
}

interface TellParts {
  dispatcher: EventDispatcher;
  webhook: ChangeWebhook;
  report: Report;
}

/**
 * Tells each user, whatever comes of the others. Returns whether it's done: if not, or if it throws the first failure, the service
 * delivers all of them again.
 */
async function tellAll(parts: TellParts, events: readonly ReceivedEvent[]): Promise<boolean> {
  const told = await Promise.allSettled(events.map((received) => tell(parts, received)));
  for (const result of told) if (result.status === 'rejected') throw result.reason;
  return told.every((result) => result.status === 'fulfilled' && result.value);
}

async function tell(
  { dispatcher, webhook, report }: TellParts,
  { onHandled, ...outgoing }: ReceivedEvent,
): Promise<boolean> {
  const outcome = await dispatcher.dispatch(outgoing);
  if (outcome.state === 'pending' || outcome.state === 'failed') {
    // What the host threw says nothing about the delivery, whatever its class.
    report(outcome.error);
    if (outcome.state === 'failed') return false;
    // Without an id it could not be recognized: the host would hear it from the sender and from maintenance.
    return outgoing.event.id === undefined || outcome.attempts >= ASKED_FOR;
  }
  if (outcome.state === 'busy') {
    throw new ServiceUnavailableError('The event is being handled by another delivery.');
  }
  if (outcome.state === 'gone' && webhook.isShared) return true;
  if (outcome.state === 'gone') {
    throw new WebhookVerificationError('The delivery belongs to an account that is no longer connected.', {
      service: outgoing.event.source,
    });
  }
  // Repeated, it was told when it came first. What was handled must not look like a failure; the store may fail for a moment.
  if (!('isRepeated' in outcome))
    await onHandled?.()
      .catch(onHandled)
      .catch(() => undefined);
  return true;
}

/**
 * A verified sender never sends an empty body, nor an object of another kind than its service does: then something has read the
 * body before.
 */
function deliveredBody(request: Request, match: WebhookMatch): () => Promise<Uint8Array<ArrayBuffer>> {
  const read = requestBody(request, match.webhook.maxBytes ?? MAX_BYTES);
  return async () => {
    const bytes = await read();
    if (isProven(match) && wasReplaced(bytes, match)) throw bodyWasRead();
    return bytes;
  };
}

function wasReplaced(bytes: Uint8Array, { webhook }: WebhookMatch): boolean {
  if (bytes.byteLength === 0) return true;
  const body = parseJsonObject(new TextDecoder().decode(bytes));
  return body !== undefined && webhook.isDelivery?.(body) === false;
}

/**
 * What a parser left of a delivery may be anything: as a delivery that makes no sense, it would be answered with success. No
 * service sends what is no JSON object at all.
 */
function whyRefused(thrown: unknown, request: Request, match: WebhookMatch): Error {
  const { respondToFailure } = match.webhook;
  // The service has rules of its own: to some, a refusal means that nothing is to be delivered any more.
  if (thrown instanceof BodyTooLargeError && respondToFailure !== undefined)
    return new WebhookParseError('The delivery is larger than any that is read.', { field: 'body' });
  if (!(thrown instanceof WebhookParseError)) return asError(thrown);
  const isMangled = wasParsed(request) || (isProven(match) && thrown.field === 'body');
  return isMangled ? bodyWasRead() : thrown;
}

/** Whether a body is read only once its sender has proven who it is. */
function isProven({ webhook, pathKey }: WebhookMatch): boolean {
  return pathKey !== undefined || !webhook.allowsPathKey;
}

function tooLarge(): Response {
  // What is left of the body is not read.
  return new Response(null, { status: 413, headers: { connection: 'close' } });
}

interface WebhookMatch {
  provider: ProviderId;
  webhook: ChangeWebhook;
  pathKey: string | undefined;
}

/** The webhook at a path. `undefined` if there is none, or it is not configured: then nothing genuine can arrive. */
function findWebhook(options: ResolvedOptions, segments: readonly string[]): WebhookMatch | undefined {
  const configured = configuredProviders(options.providers);
  for (const { provider, webhook } of CHANGE_SOURCES) {
    const match = matchPath(webhook, segments.join('/'));
    if (match === undefined || !configured.includes(provider)) continue;
    return (webhook.isOpen?.(options, match.pathKey) ?? true) ? { ...match, provider } : undefined;
  }
  return undefined;
}

function matchPath(webhook: ChangeWebhook, path: string): Omit<WebhookMatch, 'provider'> | undefined {
  if (path === webhook.path) return { webhook, pathKey: undefined };
  if (!webhook.allowsPathKey || !path.startsWith(`${webhook.path}/`)) return undefined;
  const [pathKey = '', ...rest] = path.slice(webhook.path.length + 1).split('/');
  return pathKey !== '' && rest.length === 0 ? { webhook, pathKey } : undefined;
}

/** 503 makes the service redeliver. A delivery that can never succeed gets its own status. */
function failureResponse(error: Error, request: Request, reference: string): Response {
  const isFinal =
    error instanceof ConfigurationError ||
    (error instanceof ContextSdkError && error.code.startsWith('webhook_'));
  return isFinal ? problemResponse(error, request, reference) : new Response(null, { status: 503 });
}
