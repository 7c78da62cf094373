import { google, type OAuthClient } from '@context-sdk/oauth-core';
import type { Connecting } from '../authorization.ts';
import type { Sessions } from '../sessions.ts';
import type { Settings } from '../settings.ts';
import type { Users } from '../users.ts';
import type { CalendarChannels } from './calendar-channels.ts';
import type { Mailboxes } from './mailboxes.ts';

/** Gmail tells what happens only to those who may see that there are mails. */
const MAIL_METADATA = 'https://www.googleapis.com/auth/gmail.metadata';

interface Parts {
  settings: Settings;
  sessions: Sessions;
  users: Users;
  channels: CalendarChannels;
  mailboxes: Mailboxes;
}

/** Connects the Google account of the user who is signed in here, and has Google tell what happens there. */
export function connectingGoogle(oauth: OAuthClient, parts: Parts): Connecting {
  const { settings, sessions, users, channels, mailboxes } = parts;
  const push = settings.google?.push;
  return {
    oauth,
    async begin(request) {
      const userId = await sessions.userOf(request);
      if (userId === undefined) return undefined;
      const { refreshable } = await users.googleTokens(userId).status();
      const scopes = push ? [...google.defaultScopes, MAIL_METADATA] : google.defaultScopes;
      return { scopes, holdsRefreshToken: refreshable };
    },
    async connected(tokenSet, request) {
      const userId = await sessions.userOf(request);
      if (userId === undefined) return;
      await users.googleTokens(userId).save(tokenSet);
      await channels.open(userId);
      if (push) await mailboxes.watch(userId, push);
    },
  };
}
