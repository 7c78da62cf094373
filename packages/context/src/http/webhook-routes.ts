import { adoWebhookResponse } from '@context-sdk/ado-client';
import { ContextSdkError } from '@context-sdk/oauth-core';
import type { EventHandout } from '../changes/event-dispatcher.ts';
import type { Setup } from '../options/resolved-options.ts';
import { noSuchRoute } from './no-such-route.ts';
import { problemResponse } from './problem-response.ts';
import type { Route } from './route.ts';
import { DeliveryOwners } from '../changes/webhooks/webhook-routing.ts';
import { readBody } from './read-body.ts';
import type { Receive, ReceiverParts } from '../changes/webhooks/receive.ts';
import { receiveAzureDevOps } from '../changes/webhooks/receive-azure-devops.ts';
import { receiveCalendar } from '../changes/webhooks/receive-calendar.ts';
import { receiveGmail } from '../changes/webhooks/receive-gmail.ts';
import { receiveTickTick } from '../changes/webhooks/receive-ticktick.ts';

/** Paths behind `/webhooks/`, and how many parts may follow. */
const RECEIVERS: Readonly<Record<string, { receive: Receive; mostParts: number }>> = {
  ticktick: { receive: receiveTickTick, mostParts: 1 },
  'google/calendar': { receive: receiveCalendar, mostParts: 0 },
  'google/gmail': { receive: receiveGmail, mostParts: 0 },
  'azure-devops': { receive: receiveAzureDevOps, mostParts: 0 },
};

function receiverFor(segments: readonly string[]): { receive: Receive; rest: readonly string[] } | undefined {
  for (const [path, { receive, mostParts }] of Object.entries(RECEIVERS)) {
    const parts = path.split('/');
    const rest = segments.slice(parts.length);
    const isAt = parts.every((part, index) => segments[index] === part);
    if (isAt && rest.length <= mostParts && !rest.includes('')) return { receive, rest };
  }
  return undefined;
}

/** The answer that makes a service deliver again whatever may succeed then. Azure DevOps has rules of its own. */
function answerTo(error: unknown, request: Request, isAzureDevOps: boolean): Response {
  if (isAzureDevOps) return adoWebhookResponse(error);
  if (error === undefined) return new Response(null, { status: 204 });
  const isFinal = error instanceof ContextSdkError && error.code.startsWith('webhook_');
  return isFinal ? problemResponse(error, request) : new Response(null, { status: 503 });
}

/** `/webhooks/ticktick[/{key}]`, `/google/calendar`, `/google/gmail`, `/azure-devops`. */
export function webhookRoutes(setup: Setup, handout: EventHandout): Route {
  const parts: ReceiverParts = {
    owners: new DeliveryOwners(setup.store),
    google: setup.providers.google,
    url: (path) => `${setup.baseUrl}${setup.basePath}/webhooks/${path}`,
    fetch: setup.requests.fetch,
  };
  return async (request, segments, report) => {
    const receiver = receiverFor(segments);
    if (receiver === undefined) throw noSuchRoute();
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const isAzureDevOps = segments[0] === 'azure-devops';
    try {
      const body = await readBody(request);
      if (body === undefined) return new Response(null, { status: 413 });
      const delivery = { headers: request.headers, body };
      for (const event of await receiver.receive(parts, delivery, receiver.rest)) await handout.give(event);
      return answerTo(undefined, request, isAzureDevOps);
    } catch (error) {
      report(error);
      return answerTo(error, request, isAzureDevOps);
    }
  };
}
