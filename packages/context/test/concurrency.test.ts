import { AdoClient } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { memoryRateLimiter, staticToken } from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

/** A service that counts how many requests are with it at once. */
function crowded(body: object | unknown[]): {
  fetch: typeof globalThis.fetch;
  most(): number;
  all(): number;
} {
  let open = 0;
  let most = 0;
  let all = 0;
  return {
    fetch: async () => {
      open += 1;
      all += 1;
      most = Math.max(most, open);
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      open -= 1;
      return Response.json(body);
    },
    most: () => most,
    all: () => all,
  };
}

const LIMITED = { auth: staticToken('token'), limits: [{ concurrency: 3 }] };
const PROJECT_AND_TASK = { id: 'p', name: 'x', projectId: 'p', title: 'x' };

const CLIENTS: [
  service: string,
  body: object,
  callWith: (fetch: typeof globalThis.fetch) => () => Promise<unknown>,
][] = [
  [
    'TickTick',
    PROJECT_AND_TASK,
    (fetch) => {
      const client = new TickTickClient({ ...LIMITED, fetch, rateLimiter: memoryRateLimiter() });
      return () => client.projects.get('p');
    },
  ],
  [
    'Azure DevOps',
    { id: 1, rev: 1, fields: {}, url: 'https://dev.azure.com/fabrikam/_apis/wit/workItems/1' },
    (fetch) => {
      const organizationUrl = 'https://dev.azure.com/fabrikam';
      const client = new AdoClient({ ...LIMITED, organizationUrl, fetch, rateLimiter: memoryRateLimiter() });
      return () => client.workItems.get(1);
    },
  ],
  [
    'Google Calendar',
    { id: 'e', status: 'confirmed' },
    (fetch) => {
      const client = new GoogleCalendarClient({ ...LIMITED, fetch, rateLimiter: memoryRateLimiter() });
      return () => client.events.get('e');
    },
  ],
  [
    'Gmail',
    { id: 'm', threadId: 'm' },
    (fetch) => {
      const client = new GmailClient({ ...LIMITED, fetch, rateLimiter: memoryRateLimiter() });
      return () => client.messages.get('m');
    },
  ],
];

test.each(CLIENTS)('20.2: %s gets never more at once than the host says', async (_, body, callWith) => {
  const service = crowded(body);
  const call = callWith(service.fetch);
  await Promise.all(Array.from({ length: 20 }, call));
  expect([service.all(), service.most()]).toEqual([20, 3]);
});
