import { createSandbox, parseSavedState, restoreSandbox, type Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { fieldsOf, rejectionOf, start } from './support.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const EVENTS = 'https://www.googleapis.com/calendar/v3/calendars/primary/events';
const PROJECT = 'https://dev.azure.com/fabrikam/Fabrikam/_apis';

/** One write of each kind, by other apps. */
async function write(sandbox: Sandbox): Promise<void> {
  const { ticktick, google, azureDevOps } = sandbox;
  const tickTick = { ...JSON_BODY, authorization: `Bearer ${ticktick.issueApiToken()}` };
  const scopes = ['https://www.googleapis.com/auth/calendar', 'https://mail.google.com/'];
  const googles = { ...JSON_BODY, authorization: `Bearer ${google.issueToken({ scopes }).accessToken}` };
  const azure = {
    'content-type': 'application/json-patch+json',
    authorization: `Bearer ${azureDevOps.issueToken().accessToken}`,
  };
  const hour = { start: { dateTime: '2026-12-01T09:00:00Z' }, end: { dateTime: '2026-12-01T10:00:00Z' } };
  const mail = btoa('To: grace@example.com\r\nSubject: Hi\r\n\r\nHello.\r\n').replaceAll('=', '');
  const calls: [url: string, headers: Record<string, string>, body: unknown][] = [
    ['https://api.ticktick.com/open/v1/task', tickTick, { title: 'Über' }],
    [`${EVENTS}?sendUpdates=none`, googles, { summary: 'Call', ...hour }],
    ['https://www.googleapis.com/calendar/v3/calendars', googles, { summary: 'Team' }],
    ['https://gmail.googleapis.com/gmail/v1/users/me/messages/send', googles, { raw: mail }],
    [
      `${PROJECT}/wit/workitems/$Task?api-version=7.1`,
      azure,
      [
        { op: 'add', path: '/fields/System.Title', value: 'Ship' },
        { op: 'add', path: '/fields/System.Tags', value: 'new' },
      ],
    ],
    ['https://api.ticktick.com/open/v1/task', tickTick, 'refused'],
  ];
  for (const [url, headers, body] of calls) {
    await sandbox.fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    sandbox.clock.advance(60_000);
  }
}

function contentOf({ ticktick, google, azureDevOps }: Sandbox): unknown {
  const { calendar, gmail } = google.testUser();
  return [
    ticktick.testUser().tasks(),
    calendar.events(),
    gmail.messages(),
    google.testUser('grace@example.com').gmail.messages(),
    azureDevOps.testUser().all(),
  ];
}

describe('22.state', () => {
  const options = { clock: { now: () => start } };

  test.each(['empty', 'demo'] as const)(
    'what was done to "%s" is there again, with ids and times',
    async (seed) => {
      const sandbox = createSandbox({ ...options, seed, keepsState: true });
      await write(sandbox);
      const text = JSON.stringify(sandbox.save());
      expect(text).not.toContain('Bearer');
      const later = { clock: { now: () => start + 7 * 86_400_000 } };
      const restored = await restoreSandbox(parseSavedState(text), later);
      expect(contentOf(restored)).toEqual(contentOf(sandbox));
      expect(restored.requests).toEqual([]);
      expect(restored.clock.now()).toBe(start + 7 * 86_400_000);
      expect(JSON.parse(JSON.stringify(restored.save()))).toEqual(JSON.parse(text));
    },
  );

  test('reads of a kind that is sent by POST are not kept', async () => {
    const sandbox = createSandbox({ ...options, seed: 'empty', keepsState: true });
    const headers = { ...JSON_BODY, authorization: `Bearer ${sandbox.ticktick.issueApiToken()}` };
    await sandbox.fetch('https://api.ticktick.com/open/v1/task/filter', {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(sandbox.save().requests).toEqual([]);
  });

  test('a file written by hand needs no times, ids or accounts', async () => {
    const body = { title: 'By hand' };
    const request = 'POST https://api.ticktick.com/open/v1/task';
    const state = parseSavedState(JSON.stringify({ requests: [{ request, body }] }));
    const { ticktick } = await restoreSandbox(state, options);
    expect(ticktick.testUser().tasks()).toMatchObject([body]);
  });

  test('notifications are not sent again', async () => {
    const sent: string[] = [];
    const deliver = async (url: string): Promise<Response> => {
      sent.push(url);
      return new Response();
    };
    const watch = 'POST https://www.googleapis.com/calendar/v3/calendars/primary/events/watch';
    const channel = { id: 'c', type: 'web_hook', address: 'https://app.example/hook' };
    const requests = [{ request: watch, body: channel }];
    const restored = await restoreSandbox({ seed: 'empty', requests }, { ...options, google: { deliver } });
    await restored.google.push.settled();
    expect(sent).toEqual([]);
    const headers = { ...JSON_BODY, authorization: `Bearer ${restored.google.issueToken().accessToken}` };
    const event = { start: { date: '2026-12-01' }, end: { date: '2026-12-02' } };
    await restored.fetch(EVENTS, { method: 'POST', headers, body: JSON.stringify(event) });
    await restored.google.push.settled();
    expect(sent).toEqual([channel.address]);
  });

  test('a request that is refused is named', async () => {
    const requests = [{ request: 'DELETE https://api.ticktick.com/open/v1/none' }];
    const error = await rejectionOf(restoreSandbox({ seed: 'empty', requests }, options));
    expect(String(error)).toContain(`The saved request ${requests[0]?.request} is refused: 404`);
  });

  test('only a sandbox that keeps its state can be saved', () => {
    expect(() => createSandbox().save()).toThrow('set keepsState');
  });

  test.each([
    ['[]', 'The state must be a JSON object.'],
    ['{"seed":-1}', 'seed must be'],
    ['{"startedAt":"soon"}', 'startedAt must be an ISO 8601 time.'],
    ['{"startedAt":"60"}', 'startedAt must be an ISO 8601 time.'],
    ['{"requests":{}}', 'requests must be a list.'],
    ['{"requests":[1]}', 'requests[0] must be an object.'],
    ['{"requests":[{"request":"GET https://x/"}]}', 'requests[0].request must be a method'],
    ['{"requests":[{"request":"POST https://x/","account":1}]}', 'requests[0].account must be a text.'],
    ['{"requests":[{"request":"POST https://x/","at":"x"}]}', 'requests[0].at must be an ISO 8601 time.'],
  ])('%s is refused by its field', (text, words) => {
    expect(() => parseSavedState(text)).toThrow(words);
    expect(fieldsOf(parseSavedState('{}'))).toEqual({ seed: 'empty', requests: [] });
  });
});
