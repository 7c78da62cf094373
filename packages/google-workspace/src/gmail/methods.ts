import type { RateLimit } from '@context-sdk/oauth-core';
import type { Method } from '../requests/method.ts';

/** Google's methods that {@link GmailClient} calls, by their id in the discovery document without `gmail.users.`. */
export type GmailMethod =
  | 'drafts.create'
  | 'drafts.delete'
  | 'drafts.get'
  | 'drafts.list'
  | 'drafts.send'
  | 'drafts.update'
  | 'getProfile'
  | 'history.list'
  | 'messages.attachments.get'
  | 'messages.get'
  | 'messages.list'
  | 'messages.send'
  | 'stop'
  | 'threads.get'
  | 'watch';

const ALL_MAIL = 'https://mail.google.com/';

function scopes(...names: string[]): string[] {
  return [...names.map((name) => `https://www.googleapis.com/auth/gmail.${name}`), ALL_MAIL];
}

const ADD_ON = 'addons.current.message';
const COMPOSE = scopes('compose', 'modify', 'addons.current.action.compose');
const READ_DRAFTS = scopes('compose', 'modify', 'readonly');
const READ = scopes('readonly', 'modify', `${ADD_ON}.action`, `${ADD_ON}.readonly`);
const READ_METADATA = scopes(
  'readonly',
  'modify',
  'metadata',
  `${ADD_ON}.action`,
  `${ADD_ON}.metadata`,
  `${ADD_ON}.readonly`,
);
const MAILBOX = scopes('readonly', 'modify', 'metadata');

/** Units by https://developers.google.com/workspace/gmail/api/reference/quota as of 2026-05-01. */
export const GMAIL_METHODS: Readonly<Record<GmailMethod, Method>> = {
  'drafts.create': { safety: 'unsafe', scopes: COMPOSE, cost: 10 },
  'drafts.delete': { safety: 'idempotent', scopes: COMPOSE, cost: 10 },
  'drafts.get': { safety: 'safe', scopes: READ_DRAFTS, cost: 20 },
  'drafts.list': { safety: 'safe', scopes: READ_DRAFTS, cost: 5 },
  'drafts.send': { safety: 'unsafe', scopes: COMPOSE, cost: 100 },
  'drafts.update': { safety: 'idempotent', scopes: COMPOSE, cost: 15 },
  getProfile: { safety: 'safe', scopes: scopes('compose', 'readonly', 'modify', 'metadata'), cost: 1 },
  'history.list': { safety: 'safe', scopes: MAILBOX, cost: 2 },
  'messages.attachments.get': { safety: 'safe', scopes: READ, cost: 20 },
  'messages.get': { safety: 'safe', scopes: READ_METADATA, cost: 20 },
  'messages.list': { safety: 'safe', scopes: MAILBOX, cost: 5 },
  'messages.send': { safety: 'unsafe', scopes: [...COMPOSE, ...scopes('send').slice(0, 1)], cost: 100 },
  stop: { safety: 'idempotent', scopes: MAILBOX, cost: 50 },
  'threads.get': { safety: 'safe', scopes: READ_METADATA, cost: 40 },
  watch: { safety: 'idempotent', scopes: MAILBOX, cost: 100 },
};

/**
 * What one user may do: 6,000 units a minute, for projects made since 2026-05-01; 60 sent mails, for example.
 * https://developers.google.com/workspace/gmail/api/reference/quota
 */
export const GMAIL_LIMITS: readonly RateLimit[] = [{ limit: 6_000, intervalMs: 60_000 }];
