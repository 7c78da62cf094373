import { ContextSdkError } from '@context-sdk/oauth-core';
import type { ChangeWebhook } from '../changes/change-source.ts';
import { CHANGE_SOURCES } from '../changes/change-sources.ts';
import type { EventDispatcher } from '../changes/event-dispatcher.ts';
import { WebhookRouting } from '../changes/webhook-routing.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { problemResponse } from './problem-response.ts';
import { readBody } from './read-body.ts';
import { methodNotAllowed, noSuchRoute, type Route } from './route.ts';

/** The largest webhooks, those of Azure DevOps, have some hundred kilobytes. */
const MAX_BYTES = 1_048_576;

/** `/webhooks/ticktick[/{key}]`, `/google/calendar`, `/google/gmail` and `/azure-devops`. */
export function webhookRoutes(options: ResolvedOptions, dispatcher: EventDispatcher): Route {
  const context = { options, routing: new WebhookRouting(options.store) };
  return async (request, segments, report) => {
    const match = findWebhook(segments);
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
      return webhook.respond?.(undefined) ?? new Response(null, { status: 204 });
    } catch (error) {
      report(error);
      return webhook.respond?.(error) ?? failureResponse(error, request);
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

function findWebhook(segments: readonly string[]): WebhookMatch | undefined {
  const path = segments.join('/');
  for (const { webhook } of CHANGE_SOURCES) {
    if (path === webhook.path) return { webhook, pathKey: undefined };
    const [pathKey = '', ...rest] = path.startsWith(`${webhook.path}/`)
      ? path.slice(webhook.path.length + 1).split('/')
      : [];
    if (webhook.allowsPathKey && pathKey !== '' && rest.length === 0) return { webhook, pathKey };
  }
  return undefined;
}

/** 503 makes the service redeliver. A delivery that can never succeed gets its own status. */
function failureResponse(error: unknown, request: Request): Response {
  const isFinal = error instanceof ContextSdkError && error.code.startsWith('webhook_');
  return isFinal ? problemResponse(error, request) : new Response(null, { status: 503 });
}
