import type { ApiAnswer } from '../support.ts';
import type { CallApi } from '../ticktick/support.ts';

/** Every method, on things that do not exist: a request that gets past the scopes is answered something else than 403. */
export const calls: Readonly<Record<string, (api: CallApi) => Promise<ApiAnswer>>> = {
  getProfile: (api) => api('GET /profile'),
  watch: (api) => api('POST /watch', {}),
  stop: (api) => api('POST /stop'),
  'labels.list': (api) => api('GET /labels'),
  'history.list': (api) => api('GET /history'),
  'drafts.create': (api) => api('POST /drafts', {}),
  'drafts.update': (api) => api('PUT /drafts/r1', {}),
  'drafts.delete': (api) => api('DELETE /drafts/r1'),
  'drafts.get': (api) => api('GET /drafts/r1'),
  'drafts.list': (api) => api('GET /drafts'),
  'drafts.send': (api) => api('POST /drafts/send', {}),
  'messages.send': (api) => api('POST /messages/send', {}),
  'messages.get': (api) => api('GET /messages/1?format=minimal'),
  'messages.list': (api) => api('GET /messages'),
  'messages.attachments.get': (api) => api('GET /messages/1/attachments/1'),
  'threads.get': (api) => api('GET /threads/1?format=minimal'),
  'threads.list': (api) => api('GET /threads'),
};
