import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GUIDE_ENV, startGuideServices } from '../../../packages/context/test/guide/servers/all.ts';
import { createApp } from '../app.ts';
import { optionsFor } from '../on-guide-servers.ts';

/** The application on the guide's services, with a browser's cookies in front of it. */
async function start() {
  const services = await startGuideServices();
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    ...GUIDE_ENV,
    BACKEND_URL: origin,
    FRONTEND_URL: origin,
    TICKTICK_REDIRECT_URI: `${origin}/auth/ticktick/callback`,
    GOOGLE_REDIRECT_URI: `${origin}/auth/google/callback`,
  };
  const { app, analysis } = createApp(environment, optionsFor(services));
  server.on('request', app);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await services.close();
  });
  const cookies = new Map<string, string>();
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const url = new URL(path, origin);
    const headers = { 'content-type': 'application/json', ...(url.origin === origin && { cookie }) };
    const init = {
      method,
      headers,
      redirect: 'manual',
      ...(body && { body: JSON.stringify(body) }),
    } as const;
    const response = await fetch(url, init);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const signIn = async (provider: string): Promise<string> => {
    let location: string | null = `/auth/${provider}/authorize`;
    let last = '';
    while (location !== null && !location.includes('=success')) {
      last = location;
      location = (await ask('GET', location)).headers.get('location');
    }
    return location ?? `stopped at ${last}`;
  };
  return { services, analysis, ask, signIn, origin };
}

test('15: the guide’s application, from the sign-in to the work item', async () => {
  const { services, analysis, ask, signIn, origin } = await start();
  expect((await ask('GET', '/tasks')).status).toBe(401);
  expect(await signIn('ticktick')).toBe(`${origin}/?ticktick=success`);
  expect(await signIn('google')).toBe(`${origin}/?google=success`);

  expect(await (await ask('POST', '/webhooks')).json()).toMatchObject([
    { service: 'ticktick', mode: 'push' },
    expect.anything(),
    expect.anything(),
    expect.anything(),
  ]);
  await services.ticktick.change('task.created', { id: 'a', title: 'Pack' });
  await services.ticktick.change('task.updated', { id: 'a', title: 'Pack for Oslo' });
  expect(analysis.get('a')).toBe('task.updated: Pack for Oslo');

  const { id } = (await (await ask('POST', '/tasks', { title: 'Call' })).json()) as { id: string };
  expect(await (await ask('PUT', `/tasks/${id}`, { title: 'Call Ada' })).json()).toMatchObject({
    title: 'Call Ada',
  });
  expect(await (await ask('GET', `/tasks/${id}`)).json()).toMatchObject({ id, title: 'Call Ada' });
  expect(await (await ask('GET', '/tasks')).json()).toHaveLength(2);
  expect((await ask('GET', '/tasks/none')).status).toBe(404);

  const event = { summary: 'Focus', start: '2030-01-15T18:00:00Z', end: '2030-01-15T19:00:00Z' };
  expect((await ask('POST', '/events', event)).status).toBe(200);
  const day = 'from=2030-01-15T00:00:00Z&to=2030-01-16T00:00:00Z';
  expect(await (await ask('GET', `/events?${day}`)).json()).toMatchObject([{ summary: 'Focus' }]);
  expect(await (await ask('GET', `/free-busy?${day}`)).json()).toMatchObject({ primary: { busy: [] } });
  const mail = { to: 'grace@example.com', subject: 'Slides', text: 'As promised.' };
  expect((await ask('POST', '/drafts', mail)).status).toBe(200);
  expect((await ask('POST', '/mails', mail)).status).toBe(200);
  expect([...services.gmail.sent.values()].join()).toContain('As promised.');

  const item = { type: 'Task', title: 'Write it down', tags: ['docs'] };
  expect(await (await ask('POST', '/work-items', item)).json()).toMatchObject({ id: 1 });
  expect(await (await ask('PATCH', '/work-items/1', { state: 'Active' })).json()).toMatchObject({
    fields: { 'System.State': 'Active' },
  });
  expect(await (await ask('GET', '/work-items/1')).json()).toMatchObject({ id: 1 });
});

test('15: an hour later, and with a minute’s requests used up', async () => {
  const { services, ask, signIn } = await start();
  await signIn('ticktick');
  services.ticktick.expireTokens();
  expect((await ask('GET', '/tasks')).status).toBe(200);
  let response = await ask('GET', '/tasks');
  for (let call = 0; call < 100 && response.ok; call += 1) response = await ask('GET', '/tasks');
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(services.ticktick.requests.map(({ status }) => status)).not.toContain(429);
});

test('15: it has fewer than 120 lines', () => {
  const app = readFileSync(join(import.meta.dirname, '../app.ts'), 'utf8');
  expect(app.split('\n').length).toBeLessThan(120);
});
