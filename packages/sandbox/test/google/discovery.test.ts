import { describe, expect, test } from 'vitest';
import { stillSandbox } from '../support.ts';
import { gmailDiscovery, hasFixtures, skipped } from './gmail-discovery.ts';

const USER = 'https://gmail.googleapis.com/gmail/v1/users/me';

describe.skipIf(!hasFixtures)(`What Google's discovery documents do not allow${skipped}`, () => {
  test.each([
    ['query maxresults is not known', 'GET', '/messages?maxresults=5', undefined],
    ['query q must not be repeated', 'GET', '/messages?q=a&q=b', undefined],
    ['query maxResults must be a whole number', 'GET', '/messages?maxResults=many', undefined],
    ['query includeSpamTrash must be true or false', 'GET', '/messages?includeSpamTrash=TRUE', undefined],
    ['query format must be one of minimal, full, raw, metadata', 'GET', '/messages/1?format=FULL', undefined],
    ['there is a body where none is known', 'POST', '/stop', {}],
    ['body.topic is not known', 'POST', '/watch', { topic: 'x' }],
    ['body.labelIds must be a list', 'POST', '/watch', { labelIds: 'INBOX' }],
    ['body.message.raw must be a byte', 'POST', '/drafts', { message: { raw: '¶' } }],
    ['the documents have no such method and path', 'PATCH', '/drafts/1', {}],
  ])('is refused and kept: %s', async (problem, method, path, body) => {
    const { fetch, google } = stillSandbox({ google: { discovery: [gmailDiscovery()] } });
    const headers = {
      authorization: `Bearer ${google.issueToken().accessToken}`,
      'content-type': 'application/json',
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(USER + path, init);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: problem } });
    expect(google.violations).toMatchObject([{ method, problem }]);
  });
});
