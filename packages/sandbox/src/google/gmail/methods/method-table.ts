import { scopeUrls } from '../../api/method.ts';

/** What the discovery document and the quota table say of a method. */
export interface MethodEntry {
  /** Verb and path below `/gmail/v1/users/{userId}`. */
  readonly route: string;
  /** Long forms. */
  readonly scopes: readonly string[];
  /** Quota units since 2026-05-01. */
  readonly units: number;
  /** Takes a mail as a body of its own, too. */
  readonly upload?: boolean;
}

/** A method's id behind `gmail.users.`. */
export type MethodId =
  | 'getProfile'
  | 'watch'
  | 'stop'
  | 'labels.list'
  | 'history.list'
  | 'drafts.create'
  | 'drafts.update'
  | 'drafts.delete'
  | 'drafts.get'
  | 'drafts.list'
  | 'drafts.send'
  | 'messages.send'
  | 'messages.get'
  | 'messages.list'
  | 'messages.attachments.get'
  | 'threads.get'
  | 'threads.list';

const mail = (names: string): string[] => ['https://mail.google.com/', ...scopeUrls(names)];
const WRITE = mail('gmail.addons.current.action.compose gmail.compose gmail.modify');
const READ_DRAFTS = mail('gmail.compose gmail.modify gmail.readonly');
const READ = mail('gmail.metadata gmail.modify gmail.readonly');
const READ_MESSAGE = mail(
  'gmail.addons.current.message.action gmail.addons.current.message.metadata ' +
    'gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly',
);
const READ_ATTACHMENT = mail(
  'gmail.addons.current.message.action gmail.addons.current.message.readonly gmail.modify gmail.readonly',
);

/**
 * Scopes by the discovery document (revision 20260727). Units by Google's quota page; those of drafts.get and
 * drafts.list are from the older table, their present value is not known.
 */
export const METHOD_TABLE: Readonly<Record<MethodId, MethodEntry>> = {
  getProfile: {
    route: 'GET /profile',
    scopes: mail('gmail.compose gmail.metadata gmail.modify gmail.readonly'),
    units: 1,
  },
  watch: { route: 'POST /watch', scopes: READ, units: 100 },
  stop: { route: 'POST /stop', scopes: READ, units: 50 },
  'labels.list': {
    route: 'GET /labels',
    scopes: mail('gmail.labels gmail.metadata gmail.modify gmail.readonly'),
    units: 1,
  },
  'history.list': { route: 'GET /history', scopes: READ, units: 2 },
  'drafts.create': { route: 'POST /drafts', scopes: WRITE, units: 10, upload: true },
  'drafts.update': { route: 'PUT /drafts/{id}', scopes: WRITE, units: 15, upload: true },
  'drafts.delete': { route: 'DELETE /drafts/{id}', scopes: WRITE, units: 10 },
  'drafts.get': { route: 'GET /drafts/{id}', scopes: READ_DRAFTS, units: 5 },
  'drafts.list': { route: 'GET /drafts', scopes: READ_DRAFTS, units: 5 },
  'drafts.send': { route: 'POST /drafts/send', scopes: WRITE, units: 100, upload: true },
  'messages.send': {
    route: 'POST /messages/send',
    scopes: [...WRITE, ...scopeUrls('gmail.send')],
    units: 100,
    upload: true,
  },
  'messages.get': { route: 'GET /messages/{id}', scopes: READ_MESSAGE, units: 20 },
  'messages.list': { route: 'GET /messages', scopes: READ, units: 5 },
  'messages.attachments.get': {
    route: 'GET /messages/{messageId}/attachments/{id}',
    scopes: READ_ATTACHMENT,
    units: 20,
  },
  'threads.get': { route: 'GET /threads/{id}', scopes: READ_MESSAGE, units: 40 },
  'threads.list': { route: 'GET /threads', scopes: READ, units: 10 },
};
