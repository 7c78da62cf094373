import type { OAuthClient, RecordStore } from '@context-sdk/oauth-core';
import { Router } from 'express';
import { authorizationRoutes } from '../authorization.ts';
import type { Sessions } from '../sessions.ts';
import type { Settings } from '../settings.ts';
import type { Users } from '../users.ts';
import { CalendarChannels } from './calendar-channels.ts';
import { connectingGoogle } from './connecting.ts';
import { Mailboxes } from './mailboxes.ts';
import { type GooglePush, googleWebhookRoutes } from './webhooks.ts';

export interface GoogleParts {
  settings: Settings;
  store: RecordStore;
  users: Users;
  sessions: Sessions;
  onEvent: (event: GooglePush) => void;
}

/** The guide's routes for Google: to connect, and to be told. */
export function googleRoutes(oauth: OAuthClient, parts: GoogleParts): Router {
  const { settings, store, users, onEvent } = parts;
  const channels = new CalendarChannels(store, users, settings.backendUrl);
  const mailboxes = new Mailboxes(store, users);
  return Router()
    .use(authorizationRoutes(settings, store, connectingGoogle(oauth, { ...parts, channels, mailboxes })))
    .use(googleWebhookRoutes(settings, channels, mailboxes, onEvent));
}
