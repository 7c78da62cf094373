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
const write = mail('gmail.addons.current.action.compose gmail.compose gmail.modify');
const readDrafts = mail('gmail.compose gmail.modify gmail.readonly');
const read = mail('gmail.metadata gmail.modify gmail.readonly');
const readMessage = mail(
  'gmail.addons.current.message.action gmail.addons.current.message.metadata ' +
    'gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly',
);
const readAttachment = mail(
  'gmail.addons.current.message.action gmail.addons.current.message.readonly gmail.modify gmail.readonly',
);

/**
 * Scopes by the discovery document (revision 20260727). Units by Google's quota page; those of drafts.get and
 * drafts.list are from the older table, their present value is not known.
 */
export const methodTable: Readonly<Record<MethodId, MethodEntry>> = {
  getProfile: {
    route: 'GET /profile',
    scopes: mail('gmail.compose gmail.metadata gmail.modify gmail.readonly'),
    units: 1,
  },
  watch: { route: 'POST /watch', scopes: read, units: 100 },
  stop: { route: 'POST /stop', scopes: read, units: 50 },
  'labels.list': {
    route: 'GET /labels',
    scopes: mail('gmail.labels gmail.metadata gmail.modify gmail.readonly'),
    units: 1,
  },
  'history.list': { route: 'GET /history', scopes: read, units: 2 },
  'drafts.create': { route: 'POST /drafts', scopes: write, units: 10, upload: true },
  'drafts.update': { route: 'PUT /drafts/{id}', scopes: write, units: 15, upload: true },
  'drafts.delete': { route: 'DELETE /drafts/{id}', scopes: write, units: 10 },
  'drafts.get': { route: 'GET /drafts/{id}', scopes: readDrafts, units: 5 },
  'drafts.list': { route: 'GET /drafts', scopes: readDrafts, units: 5 },
  'drafts.send': { route: 'POST /drafts/send', scopes: write, units: 100, upload: true },
  'messages.send': {
    route: 'POST /messages/send',
    scopes: [...write, ...scopeUrls('gmail.send')],
    units: 100,
    upload: true,
  },
  'messages.get': { route: 'GET /messages/{id}', scopes: readMessage, units: 20 },
  'messages.list': { route: 'GET /messages', scopes: read, units: 5 },
  'messages.attachments.get': {
    route: 'GET /messages/{messageId}/attachments/{id}',
    scopes: readAttachment,
    units: 20,
  },
  'threads.get': { route: 'GET /threads/{id}', scopes: readMessage, units: 40 },
  'threads.list': { route: 'GET /threads', scopes: read, units: 10 },
};
