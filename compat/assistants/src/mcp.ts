// The official client against the endpoint, over HTTP and over a pair of streams: two users at once, approval by elicitation, OAuth.
import { createMcpEndpoint, type McpEndpoint } from '@context-sdk/context/mcp';
import { Client, StreamableHTTPClientTransport, type Tool } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { check, startAssistant } from './assistant.ts';

const { sandbox, context, connected } = startAssistant({ seed: 'empty', azureDevOps: { seed: 'empty' } });
const ada = await connected('ada');
await connected('eve');
const library = () => import('@modelcontextprotocol/server');
const endpoint = createMcpEndpoint(context, {
  library,
  timeZone: 'UTC',
  getUser: (request) => request.headers.get('x-user') ?? undefined,
});

type Era = 'modern' | 'legacy';
type Elicit = 'accept' | 'decline' | undefined;

async function clientOf(
  at: McpEndpoint,
  headers: Record<string, string>,
  era: Era,
  elicit?: Elicit,
): Promise<Client> {
  const client = new Client(
    { name: 'compat', version: '1' },
    {
      capabilities: elicit === undefined ? {} : { elicitation: {} },
      ...(era === 'modern' && { versionNegotiation: { mode: 'auto' as const } }),
    },
  );
  if (elicit !== undefined)
    client.setRequestHandler('elicitation/create', async () => ({ action: elicit, content: {} }));
  const fetch = (url: string | URL, init?: RequestInit) => at.fetch(new Request(url, init));
  await client.connect(
    new StreamableHTTPClientTransport(new URL('https://host.example/mcp'), {
      fetch,
      requestInit: { headers },
    }),
  );
  return client;
}

async function call(client: Client, name: string, input: object): Promise<string> {
  const { content } = await client.callTool({ name, arguments: { ...input } });
  return (content as { text: string }[])[0]?.text ?? '';
}

const sent = (): number =>
  sandbox.google
    .testUser()
    .gmail.messages()
    .filter(({ labelIds }) => labelIds.includes('SENT')).length;

for (const era of ['modern', 'legacy'] as const) {
  const client = await clientOf(endpoint, { 'x-user': 'ada' }, era);
  const { tools, ttlMs } = (await client.listTools()) as { tools: Tool[]; ttlMs?: number };
  check(`${era}: says how long the list may be kept`, era === 'legacy' || ttlMs === 3_600_000);
  check(
    `${era}: lists the tools with their annotations`,
    tools.length >= 14 && tools[0]?.annotations?.readOnlyHint === true,
  );
  check(`${era}: runs a tool`, (await call(client, 'create_task', { title: era })).startsWith('Created'));
  const wrong = await client.callTool({ name: 'create_task', arguments: { title: 'x', day: 'tomorrow' } });
  check(
    `${era}: an invalid input is an error that names the field`,
    wrong.isError === true && JSON.stringify(wrong.content).includes('day'),
  );
  const draft = await call(client, 'draft_mail', { to: ['grace@example.com'], subject: era, text: 'y' });
  const [handle = ''] = /d\d+/.exec(draft) ?? [];
  const before = sent();
  check(
    `${era}: nothing is sent without a person`,
    (await call(client, 'send_draft', { draft: handle })).startsWith('Not done yet') && sent() === before,
  );
  await client.close();
}

const handleOf = async (client: Client): Promise<string> =>
  /d\d+/.exec(
    await call(client, 'draft_mail', { to: ['grace@example.com'], subject: 'z', text: 'y' }),
  )?.[0] ?? '';
const declining = await clientOf(endpoint, { 'x-user': 'ada' }, 'modern', 'decline');
const beforeDecline = sent();
await call(declining, 'send_draft', { draft: await handleOf(declining) });
check('input_required: what the person declines is not sent', sent() === beforeDecline);
const accepting = await clientOf(endpoint, { 'x-user': 'ada' }, 'modern', 'accept');
const answer = await call(accepting, 'send_draft', { draft: await handleOf(accepting) });
check('input_required: what the person accepts is sent', answer === 'Sent.' && sent() === beforeDecline + 1);

const [one, other] = await Promise.all([
  clientOf(endpoint, { 'x-user': 'ada' }, 'modern'),
  clientOf(endpoint, { 'x-user': 'eve' }, 'modern'),
]);
await ada.connections.disconnect('ticktick');
const answers = await Promise.all(
  Array.from(
    { length: 20 },
    async (_, at) => await call(at % 2 === 0 ? one : other, 'find', { kind: 'tasks' }),
  ),
);
check(
  'two users at once are never mixed',
  answers.every((text, at) => text.startsWith(at % 2 === 0 ? 'TickTick has to be connected' : 't')),
);

const unknown = await endpoint.fetch(new Request('https://host.example/mcp', { method: 'POST' }));
check('nobody is nobody: 401', unknown.status === 401);

const guarded = createMcpEndpoint(context, {
  library,
  timeZone: 'UTC',
  getUser: (_, token) => token?.extra?.['sub'] as string | undefined,
  authorization: {
    resourceUrl: 'https://host.example/mcp',
    verifier: {
      verifyAccessToken: async (token) => {
        const { OAuthError, OAuthErrorCode } = await library();
        if (token !== 'good') throw new OAuthError(OAuthErrorCode.InvalidToken, 'unknown');
        const expiresAt = Math.floor(Date.now() / 1000) + 60;
        return {
          token,
          clientId: 'c',
          scopes: [],
          expiresAt,
          resource: new URL('https://host.example/mcp'),
          extra: { sub: 'eve' },
        };
      },
    },
    metadata: {
      issuer: 'https://login.example',
      authorization_endpoint: 'https://login.example/authorize',
      token_endpoint: 'https://login.example/token',
      response_types_supported: ['code'],
    },
  },
});
const challenge = await guarded.fetch(new Request('https://host.example/mcp', { method: 'POST' }));
check(
  'OAuth: a 401 names the metadata',
  challenge.status === 401 &&
    Boolean(challenge.headers.get('www-authenticate')?.includes('/.well-known/oauth-protected-resource/mcp')),
);
const metadata = await guarded.fetch(
  new Request('https://host.example/.well-known/oauth-protected-resource/mcp'),
);
check(
  'OAuth: the metadata names the authorization server',
  JSON.stringify(await metadata.json()).includes('https://login.example'),
);
const signedIn = await clientOf(guarded, { authorization: 'Bearer good' }, 'modern');
check('OAuth: a token is its user', (await call(signedIn, 'find', { kind: 'tasks' })).startsWith('t'));

const [near, far] = InMemoryTransport.createLinkedPair();
const server = await endpoint.serverFor('eve');
await (server as unknown as { connect(transport: unknown): Promise<void> }).connect(near);
const local = new Client({ name: 'compat', version: '1' });
await local.connect(far);
check(
  'another transport: a server for one user',
  (await call(local, 'find', { kind: 'tasks' })).startsWith('t'),
);
await endpoint.close();
process.exit(0);
