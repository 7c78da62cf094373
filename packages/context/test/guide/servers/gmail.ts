import { createServer } from 'node:http';
import { close, listen, respondWith } from './http.ts';

/** Gmail as the integration guide uses it, and nothing more: written from the guide alone. */
export interface GuideGmail {
  origin: string;
  /** What was drafted, as the mail that it is, by the draft's id. */
  drafts: Map<string, string>;
  /** What was sent, by the message's id. */
  sent: Map<string, string>;
  close(): Promise<void>;
}

/** The scopes and the credentials are those of the calendar. */
export async function startGuideGmail(isAccessToken: (token: string) => boolean): Promise<GuideGmail> {
  const drafts = new Map<string, string>();
  const sent = new Map<string, string>();
  let serial = 0;
  const next = (prefix: string): string => `${prefix}${(serial += 1)}`;
  const textOf = (raw: string): string => Buffer.from(raw, 'base64url').toString('utf8');

  const server = createServer(
    respondWith((request, body) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!isAccessToken(token)) return [401, { error: { code: 401, message: 'Invalid Credentials' } }];
      const [path = ''] = (request.url ?? '').split('?');
      const id = next('message-');
      const message = { id, threadId: id };
      if (request.method === 'POST' && path === '/gmail/v1/users/me/drafts') {
        const draft = JSON.parse(body) as { message: { raw: string } };
        const draftId = next('draft-');
        drafts.set(draftId, textOf(draft.message.raw));
        return [200, { id: draftId, message }];
      }
      if (request.method === 'POST' && path === '/gmail/v1/users/me/messages/send') {
        sent.set(id, textOf((JSON.parse(body) as { raw: string }).raw));
        return [200, message];
      }
      return [404, { error: { code: 404, message: 'Not Found' } }];
    }),
  );
  return { origin: await listen(server), drafts, sent, close: () => close(server) };
}
