import { expect, test } from 'vitest';
import { meeting } from './google/calendar-support.ts';
import { readAnswer, stillSandbox } from './support.ts';

/*
 * Programs behind proxies that let only GET and POST pass, and Google's library for Python, whose GETs become POSTs beyond 2,048
 * characters: https://github.com/googleapis/google-api-python-client/blob/main/googleapiclient/http.py
 */

const EVENTS = 'https://www.googleapis.com/calendar/v3/calendars/primary/events';

function setUp() {
  const sandbox = stillSandbox();
  const calendar = sandbox.google.testUser().calendar;
  calendar.addEvent(meeting({ id: 'meeting1' }));
  const post = async (url: string, headers: Record<string, string>, body: string, authorization: string) =>
    readAnswer(await sandbox.fetch(url, { method: 'POST', headers: { authorization, ...headers }, body }));
  return { sandbox, calendar, post, google: `Bearer ${sandbox.google.issueToken().accessToken}` };
}

test('Calendar: a POST stands for a PATCH', async () => {
  const { post, google, calendar } = setUp();
  const headers = { 'x-http-method-override': 'PATCH', 'content-type': 'application/json' };
  const { status } = await post(`${EVENTS}/meeting1`, headers, '{"summary":"Crew"}', google);
  expect(status).toBe(200);
  expect(calendar.events()).toMatchObject([{ summary: 'Crew' }]);
});

test('Calendar: a POST stands for a GET, with its query in the body', async () => {
  const { post, google } = setUp();
  const type = 'application/x-www-form-urlencoded';
  const headers = { 'x-http-method-override': 'GET', 'content-type': type };
  const { json } = await post(EVENTS, headers, 'fields=items(id)&q=meeting', google);
  expect(json).toEqual({ items: [{ id: 'meeting1' }] });
});

test('Azure DevOps: a POST stands for a PATCH', async () => {
  const { sandbox, post } = setUp();
  const { azureDevOps } = sandbox;
  const authorization = `Basic ${btoa(`:${azureDevOps.issuePat()}`)}`;
  const [project] = azureDevOps.organization.projects;
  const type = { 'content-type': 'application/json-patch+json' };
  const title = (text: string): string =>
    JSON.stringify([{ op: 'add', path: '/fields/System.Title', value: text }]);
  const base = `${azureDevOps.organization.url}/${project?.id}/_apis/wit/workitems`;
  const made = await post(`${base}/$Task?api-version=7.1`, type, title('One'), authorization);
  const { id } = made.json as { id: number };
  const url = `${base}/${id}?api-version=7.1`;
  const changed = await post(
    url,
    { ...type, 'x-http-method-override': 'PATCH' },
    title('Two'),
    authorization,
  );
  expect(changed.json).toMatchObject({ id, rev: 2, fields: { 'System.Title': 'Two' } });
});

test('Google: the token may be in the query', async () => {
  const { sandbox } = setUp();
  const { accessToken } = sandbox.google.issueToken();
  for (const name of ['access_token', 'oauth_token']) {
    expect((await sandbox.fetch(`${EVENTS}?${name}=${accessToken}`)).status).toBe(200);
    expect((await sandbox.fetch(`${EVENTS}?${name}=nothing`)).status).toBe(401);
  }
});
