import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveSandbox } from '@context-sdk/sandbox/server';
import { startStdio, type StdioServer } from './stdio-server.ts';

/** What other servers give a model: all their definitions, and their answer to what a row of the table asks. */
export interface Rival {
  name: string;
  definitions: object[];
  answers: { agenda?: string; workItems?: string; thread?: string };
}

const PRELOAD = fileURLToPath(import.meta.resolve('@context-sdk/sandbox/preload'));
const AZURE_PRELOAD = fileURLToPath(new URL('../../azure-devops/src/redirect.ts', import.meta.url));
const SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/gmail.settings.basic',
];

function moduleFile(path: string): URL {
  return new URL(`../node_modules/${path}`, import.meta.url);
}

/** Three servers as they are, each in a process of its own, on the same accounts as ours. */
export async function askRivals(week: { from: string; to: string }): Promise<Rival[]> {
  const server = await serveSandbox({
    port: 0,
    seed: 'demo',
    google: { mail: 'gmail', quotas: { calendar: [], gmail: [] } },
    azureDevOps: { rateLimit: false },
  });
  const { google, azureDevOps } = server.sandbox;
  const folder = await mkdtemp(join(tmpdir(), 'rivals-'));
  try {
    const { clientId, clientSecret } = google.app;
    const keys = join(folder, 'keys.json');
    const installed = {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: ['http://localhost:3000/oauth2callback'],
    };
    await writeFile(keys, JSON.stringify({ installed }));
    const { accessToken, refreshToken } = google.issueToken({ scopes: SCOPES });
    const tokens = {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expiry_date: Date.now() + 3_000_000,
      scope: SCOPES.join(' '),
    };
    const [calendarTokens, gmailTokens] = [join(folder, 'calendar.json'), join(folder, 'gmail.json')];
    await writeFile(calendarTokens, JSON.stringify({ normal: tokens }));
    await writeFile(gmailTokens, JSON.stringify(tokens));
    const env = { CONTEXT_SANDBOX_URL: server.url };
    const calendar = await startStdio({
      file: moduleFile('@cocal/google-calendar-mcp/build/index.js'),
      preload: PRELOAD,
      env: { ...env, GOOGLE_OAUTH_CREDENTIALS: keys, GOOGLE_CALENDAR_MCP_TOKEN_PATH: calendarTokens },
    });
    const gmail = await startStdio({
      file: moduleFile('@gongrzhe/server-gmail-autoauth-mcp/dist/index.js'),
      preload: PRELOAD,
      env: { ...env, GMAIL_OAUTH_PATH: keys, GMAIL_CREDENTIALS_PATH: gmailTokens },
    });
    const pat = Buffer.from(`me:${azureDevOps.issuePat()}`).toString('base64');
    const azure = await startStdio({
      file: moduleFile('@azure-devops/mcp/dist/index.js'),
      args: [
        'fabrikam',
        '--authentication',
        'pat',
        '--tenant',
        'none',
        '--domains',
        'core',
        'work',
        'work-items',
      ],
      preload: AZURE_PRELOAD,
      env: { SANDBOX_URL: server.url, PERSONAL_ACCESS_TOKEN: pat },
    });
    const range = { timeMin: `${week.from}T00:00:00`, timeMax: `${week.to}T00:00:00` };
    const messageId = google.testUser().gmail.messages().at(-1)?.id ?? '';
    const ids = azureDevOps
      .testUser()
      .all()
      .slice(0, 40)
      .map(({ id }) => id);
    return [
      await rival('@cocal/google-calendar-mcp', calendar, {
        agenda: await calendar.call('list-events', { calendarId: 'primary', ...range }),
      }),
      await rival('@gongrzhe/server-gmail-autoauth-mcp', gmail, {
        thread: await gmail.call('read_email', { messageId }),
      }),
      await rival('@azure-devops/mcp', azure, {
        workItems: await azure.call('wit_work_item', { action: 'get_batch', project: 'Fabrikam', ids }),
      }),
    ];
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

async function rival(
  name: string,
  { definitions, close }: StdioServer,
  answers: Rival['answers'],
): Promise<Rival> {
  await close();
  return { name, definitions, answers };
}
