// What an application does that knows nothing of a sandbox, in a process of its own.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import https, { get } from 'node:https';

async function tokenFor(host: string): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json' };
  const url = `${process.env['CONTEXT_SANDBOX_URL']}/_sandbox/tokens`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ host }) });
  return (await response.json()) as Record<string, string>;
}

async function statusOf(options: https.RequestOptions): Promise<number | undefined> {
  const [response] = (await once(get(options), 'response')) as [IncomingMessage];
  await response.toArray();
  return response.statusCode;
}

const PROJECTS = 'https://api.ticktick.com/open/v1/project';
const unknown = await (await fetch('https://people.googleapis.com/v1/people/me')).text();
process.stdout.write(
  JSON.stringify({
    fetch: (await fetch(PROJECTS, { headers: await tokenFor('api.ticktick.com') })).status,
    https: await statusOf({
      host: 'dev.azure.com',
      path: '/fabrikam/_apis/projects?api-version=7.1',
      headers: { authorization: 'Bearer none' },
    }),
    keepAlive: await statusOf({
      host: 'www.googleapis.com',
      path: '/oauth2/v3/certs',
      agent: new https.Agent({ keepAlive: true }),
    }),
    unknown: /<p>(.*)<\/p>/.exec(unknown)?.[1],
    elsewhere: await fetch('https://127.0.0.1:9/').catch((error: Error) => error.name),
  }),
);
