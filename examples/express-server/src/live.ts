import { setTimeout as wait } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { Activity } from './activity.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Tells an open page when something happened, by server-sent events. It looks into the store, which all processes share:
 * whichever of them took the event, every page hears of it.
 */
export function liveRoute(activity: Activity): RequestHandler {
  return async (request, response) => {
    const userId = String(response.locals['userId']);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 2000\n\n');
    const latest = async (): Promise<string> => (await activity.of(userId))[0]?.id ?? '';
    let seen = await latest();
    while (!response.closed && !request.closed) {
      await wait(LOOK_EVERY_MS);
      const now = await latest();
      response.write(now === seen ? ': still here\n\n' : `event: activity\ndata: ${now}\n\n`);
      seen = now;
    }
  };
}
