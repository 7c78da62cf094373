import { ContextSdkError } from '@context-sdk/oauth-core';
import type { ChangeWebhook } from '../changes/change-source.ts';
import { CHANGE_SOURCES } from '../changes/change-sources.ts';
import type { EventDispatcher } from '../changes/event-dispatcher.ts';
import { WebhookRouting } from '../changes/webhook-routing.ts';
import { configuredProviders } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { asError } from '../utils/as-error.ts';
import { problemResponse } from './problem-response.ts';
import { readBody } from './read-body.ts';
import { methodNotAllowed, noSuchRoute, type Route } from './route.ts';

/** The largest webhooks, those of Azure DevOps, have some hundred kilobytes. */
const MAX_BYTES = 1_048_576;

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
      if (Number(headers.get('content-length')) > MAX_BYTES) return tooLarge();
      const body = request.body === null ? new Uint8Array() : await readBody(request.body, MAX_BYTES);
      if (body === undefined) return tooLarge();
      const events = await webhook.receive(context, { headers, body, pathKey });
      for (const event of events) await dispatcher.dispatch(event);
      return new Response(null, { status: 204 });
    } catch (thrown) {
      const error = asError(thrown);
      const reference = report(error);
      return webhook.respondToFailure?.(error) ?? failureResponse(error, request, reference);
    }
  };
}

function tooLarge(): Response {
  return new Response(null, { status: 413 });
}

interface WebhookMatch {
  webhook: ChangeWebhook;
  pathKey: string | undefined;
}

/** The webhook at a path. `undefined` if there is none, or it is not configured: then nothing genuine can arrive. */
function findWebhook(options: ResolvedOptions, segments: readonly string[]): WebhookMatch | undefined {
  const configured = configuredProviders(options.providers);
  for (const { provider, webhook } of CHANGE_SOURCES) {
    const match = matchPath(webhook, segments.join('/'));
    if (match === undefined || !configured.includes(provider)) continue;
    return (webhook.isOpen?.(options, match.pathKey) ?? true) ? match : undefined;
  }
  return undefined;
}

function matchPath(webhook: ChangeWebhook, path: string): WebhookMatch | undefined {
  if (path === webhook.path) return { webhook, pathKey: undefined };
  if (!webhook.allowsPathKey || !path.startsWith(`${webhook.path}/`)) return undefined;
  const [pathKey = '', ...rest] = path.slice(webhook.path.length + 1).split('/');
  return pathKey !== '' && rest.length === 0 ? { webhook, pathKey } : undefined;
}

/** 503 makes the service redeliver. A delivery that can never succeed gets its own status. */
function failureResponse(error: Error, request: Request, reference: string): Response {
  const isFinal = error instanceof ContextSdkError && error.code.startsWith('webhook_');
  return isFinal ? problemResponse(error, request, reference) : new Response(null, { status: 503 });
}
