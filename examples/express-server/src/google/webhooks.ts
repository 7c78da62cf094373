import {
  type CalendarPushEvent,
  type GmailPushEvent,
  parseCalendarPush,
  parseGmailPush,
} from '@context-sdk/google-workspace';
import express, { Router } from 'express';
import type { Settings } from '../settings.ts';
import type { CalendarChannels } from './calendar-channels.ts';
import type { Mailboxes } from './mailboxes.ts';

export type GooglePush = CalendarPushEvent | GmailPushEvent;

/** Takes Google's pushes, each once it has proven to be one, with the user whose calendar or mailbox it is about. */
export function googleWebhookRoutes(
  { google, backendUrl }: Settings,
  channels: CalendarChannels,
  mailboxes: Mailboxes,
  onEvent: (event: GooglePush) => void,
): Router {
  const router = Router();

  router.post('/webhooks/google/calendar', async (request, response) => {
    const token = async (id: string): Promise<string | undefined> => (await channels.ownerOf(id))?.token;
    const event = await parseCalendarPush(request.headers, { token });
    const { userId = '' } = (await channels.ownerOf(event.data.channelId)) ?? {};
    onEvent({ ...event, userId });
    response.status(204).end();
  });

  router.post(
    '/webhooks/google/gmail',
    express.raw({ type: () => true, limit: '64kb' }),
    async (request, response) => {
      if (google?.push === undefined) return void response.status(404).end();
      const { serviceAccount, fetch } = google.push;
      const audience = new URL('/webhooks/google/gmail', backendUrl).href;
      const event = await parseGmailPush(request, { audience, serviceAccount, fetch });
      const userId = await mailboxes.ownerOf(event.data.emailAddress);
      onEvent({ ...event, ...(userId !== undefined && { userId }) });
      response.status(204).end();
    },
  );

  return router;
}
