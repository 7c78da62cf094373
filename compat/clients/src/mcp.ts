import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Report } from '../../azure-devops/src/report.ts';
import type { World } from './world.ts';

const PRELOAD = fileURLToPath(import.meta.resolve('@context-sdk/sandbox/preload'));
const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/gmail.settings.basic',
  'openid',
  'email',
];

/** A server may load for half a minute on a busy machine. */
const PATIENCE = { timeout: 180_000 };

interface Server {
  tools: string[];
  call(tool: string, args: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** An MCP server as it is, in a process of its own, whose traffic the preload leads to the sandbox. */
async function start(file: string, world: World, env: Record<string, string>): Promise<Server> {
  const client = new Client({ name: 'compat', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['--conditions=@context-sdk/source', '--import', PRELOAD, join(MODULES, file)],
      stderr: 'ignore',
      env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), CONTEXT_SANDBOX_URL: world.url, ...env },
    }),
    PATIENCE,
  );
  const { tools } = await client.listTools(undefined, PATIENCE);
  return {
    tools: tools.map(({ name }) => name),
    async call(name, args) {
      const { content, isError } = await client.callTool({ name, arguments: args }, undefined, PATIENCE);
      const text = (content as { text?: string }[]).map((block) => block.text ?? '').join('\n');
      if (isError === true || /^(?:error|failed)/i.test(text)) throw new Error(text.slice(0, 300));
      return text;
    },
    close: () => client.close(),
  };
}

const says =
  (...words: string[]) =>
  (text: unknown): boolean =>
    words.every((word) => String(text).includes(word));
const idIn = (text: string | undefined, pattern: RegExp): string => pattern.exec(text ?? '')?.[1] ?? '';

export async function checkMcpServers(group: (name: string) => Report, world: World): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-'));
  const keys = join(folder, 'keys.json');
  const { clientId, clientSecret } = world.sandbox.google.app;
  const installed = {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: ['http://localhost:3000/oauth2callback'],
  };
  await writeFile(keys, JSON.stringify({ installed }));
  const { accessToken, refreshToken } = world.sandbox.google.issueToken({ scopes: SCOPES });
  const tokens = {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expiry_date: Date.now() + 3_000_000,
    scope: SCOPES.join(' '),
  };
  const saved = join(folder, 'tokens.json');
  try {
    await writeFile(saved, JSON.stringify({ normal: tokens }));
    await guarded(
      group('@cocal/google-calendar-mcp'),
      async (report) =>
        await checkCalendarMcp(
          report,
          await start('@cocal/google-calendar-mcp/build/index.js', world, {
            GOOGLE_OAUTH_CREDENTIALS: keys,
            GOOGLE_CALENDAR_MCP_TOKEN_PATH: saved,
          }),
        ),
    );
    const credentials = join(folder, 'credentials.json');
    await writeFile(credentials, JSON.stringify(tokens));
    await guarded(
      group('@gongrzhe/server-gmail-autoauth-mcp'),
      async (report) =>
        await checkGongrzhe(
          report,
          await start('@gongrzhe/server-gmail-autoauth-mcp/dist/index.js', world, {
            GMAIL_OAUTH_PATH: keys,
            GMAIL_CREDENTIALS_PATH: credentials,
          }),
        ),
    );
    const env = {
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      REFRESH_TOKEN: refreshToken,
      TELEMETRY_ENABLED: 'false',
      PORT: '0',
      MCP_CONFIG_DIR: folder,
    };
    await guarded(
      group('@shinzolabs/gmail-mcp'),
      async (report) =>
        await checkShinzo(report, await start('@shinzolabs/gmail-mcp/dist/index.js', world, env)),
    );
    const ado = {
      AZURE_DEVOPS_ORG_URL: 'https://dev.azure.com/fabrikam',
      AZURE_DEVOPS_AUTH_METHOD: 'pat',
      AZURE_DEVOPS_PAT: world.sandbox.azureDevOps.issuePat(),
      AZURE_DEVOPS_DEFAULT_PROJECT: 'Fabrikam',
    };
    await guarded(
      group('@tiberriver256/mcp-server-azure-devops'),
      async (report) =>
        await checkTiberriver(
          report,
          await start('@tiberriver256/mcp-server-azure-devops/dist/index.js', world, ado),
        ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function guarded(report: Report, work: (report: Report) => Promise<void>): Promise<void> {
  try {
    await work(report);
  } catch (error) {
    report.outcomes.push({ name: 'start', source: 'its README', problem: String(error).slice(0, 300) });
  }
}

async function checkCalendarMcp(report: Report, server: Server): Promise<void> {
  const source = 'https://github.com/nspady/google-calendar-mcp';
  const call = (
    name: string,
    args: Record<string, unknown>,
    expected: unknown,
  ): Promise<string | undefined> => report.check(name, source, () => server.call(name, args), expected);
  const calendarId = 'primary';
  const times = { start: '2026-12-01T09:00:00', end: '2026-12-01T10:00:00', timeZone: 'UTC' };
  await call('list-calendars', {}, says('ada@example.com'));
  await call('list-colors', {}, says('background'));
  const made = await call('create-event', { calendarId, summary: 'Grüße', ...times }, says('Grüße'));
  const eventId = idIn(made, /"id":\s*"([^"]+)"/);
  await call('get-event', { calendarId, eventId }, says('Grüße'));
  await call(
    'list-events',
    { calendarId, timeMin: '2026-12-01T00:00:00', timeMax: '2026-12-02T00:00:00' },
    says('Grüße'),
  );
  await call(
    'search-events',
    { calendarId, query: 'Grüße', timeMin: '2026-12-01T00:00:00', timeMax: '2026-12-02T00:00:00' },
    says('Grüße'),
  );
  await call('update-event', { calendarId, eventId, summary: 'Changed' }, says('Changed'));
  await call(
    'get-freebusy',
    { calendars: [{ id: 'primary' }], timeMin: '2026-12-01T00:00:00', timeMax: '2026-12-02T00:00:00' },
    says('busy', '2026-12-01T'),
  );
  await call('get-current-time', {}, says('20'));
  await call('delete-event', { calendarId, eventId }, says(eventId.slice(0, 1)));
  await server.close();
}

async function checkGongrzhe(report: Report, server: Server): Promise<void> {
  const source = 'https://github.com/GongRzhe/Gmail-MCP-Server';
  const call = (
    name: string,
    args: Record<string, unknown>,
    expected: unknown,
  ): Promise<string | undefined> => report.check(name, source, () => server.call(name, args), expected);
  const mail = { to: ['grace@example.com'], subject: 'Grüße aus Köln', body: 'Hello.' };
  const sent = await call('send_email', mail, says('success'));
  const messageId = idIn(sent, /ID: (\w+)/);
  await call('draft_email', mail, says('ID'));
  await call('read_email', { messageId }, says('Grüße aus Köln', 'Hello.'));
  await call('search_emails', { query: 'in:sent' }, says(messageId));
  await call('list_email_labels', {}, says('INBOX'));
  await call('modify_email', { messageId, addLabelIds: ['STARRED'] }, says('success'));
  const label = await call('create_label', { name: 'MCP' }, says('MCP'));
  const id = idIn(label, /ID: (\S+)/);
  await call('update_label', { id, name: 'MCP 2' }, says('MCP 2'));
  await call('get_or_create_label', { name: 'MCP 2' }, says('MCP 2'));
  await call('batch_modify_emails', { messageIds: [messageId], removeLabelIds: ['STARRED'] }, says('1'));
  const filter = await call(
    'create_filter',
    { criteria: { from: 'x@example.com' }, action: { addLabelIds: [id] } },
    says('ID'),
  );
  const filterId = idIn(filter, /ID: (\S+)/);
  report.except(
    'list_filters',
    'discovery of Gmail, ListFiltersResponse',
    'the server reads `filters`; the API says `filter`',
  );
  await call('get_filter', { filterId }, says(filterId));
  await call('delete_filter', { filterId }, says('success'));
  await call('delete_label', { id }, says('success'));
  await call('batch_delete_emails', { messageIds: [messageId] }, says('1'));
  await server.close();
}

async function checkShinzo(report: Report, server: Server): Promise<void> {
  const source = 'https://github.com/shinzo-labs/gmail-mcp';
  const call = (
    name: string,
    args: Record<string, unknown>,
    expected: unknown,
  ): Promise<string | undefined> => report.check(name, source, () => server.call(name, args), expected);
  const mail = { to: ['grace@example.com'], subject: 'Grüße', body: 'Hello.' };
  const sent = await call('send_message', mail, says('SENT'));
  const id = idIn(sent, /"id":\s*"(\w+)"/);
  await call('get_message', { id, includeBodyHtml: false }, says('Hello.'));
  await call('list_messages', { q: 'in:sent' }, says(id));
  await call('modify_message', { id, addLabelIds: ['STARRED'] }, says('STARRED'));
  await call('trash_message', { id }, says('TRASH'));
  await call('untrash_message', { id }, says(id));
  const draft = await call('create_draft', mail, says('"id"'));
  const draftId = idIn(draft, /"id":\s*"([^"]+)"/);
  await call('get_draft', { id: draftId }, says('"id"'));
  await call('list_drafts', {}, says(draftId));
  await call('list_labels', {}, says('INBOX'));
  const label = await call('create_label', { name: 'Shinzo' }, says('Shinzo'));
  const labelId = idIn(label, /"id":\s*"([^"]+)"/);
  await call('get_label', { id: labelId }, says('Shinzo'));
  await call('delete_label', { id: labelId }, () => true);
  await call('list_threads', {}, says('threads'));
  await call('get_profile', {}, says('ada@example.com'));
  await call('get_vacation', {}, says('enableAutoReply'));
  await call('list_filters', {}, () => true);
  await call('list_send_as', {}, says('ada@example.com'));
  await server.close();
}

async function checkTiberriver(report: Report, server: Server): Promise<void> {
  const source = 'https://github.com/Tiberriver256/mcp-server-azure-devops';
  const call = (
    name: string,
    args: Record<string, unknown>,
    expected: unknown,
  ): Promise<string | undefined> => report.check(name, source, () => server.call(name, args), expected);
  const projectId = 'Fabrikam';
  await call('get_me', {}, says('Jamal'));
  await call('list_projects', {}, says('Fabrikam'));
  await call('get_project', { projectId }, says('Fabrikam'));
  await call(
    'get_project_details',
    { projectId, includeTeams: true, includeWorkItemTypes: true },
    says('Fabrikam'),
  );
  const made = await call(
    'create_work_item',
    { projectId, workItemType: 'Task', title: 'From MCP' },
    says('From MCP'),
  );
  const workItemId = Number(idIn(made, /"id":\s*(\d+)/));
  const second = Number(
    idIn(
      await server
        .call('create_work_item', { projectId, workItemType: 'Task', title: 'Second' })
        .catch(() => ''),
      /"id":\s*(\d+)/,
    ),
  );
  await call('get_work_item', { workItemId }, says('From MCP'));
  await call('update_work_item', { workItemId, title: 'Changed' }, says('Changed'));
  await call('list_work_items', { projectId }, says('Changed'));
  await call(
    'manage_work_item_link',
    {
      projectId,
      sourceWorkItemId: workItemId,
      targetWorkItemId: second,
      operation: 'add',
      relationType: 'System.LinkTypes.Related',
    },
    says('Related'),
  );
  const reason = 'the sandbox has no almsearch.dev.azure.com, which is a service of its own';
  report.except('search_work_items', source, reason);
  await server.close();
}
