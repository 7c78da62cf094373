import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/** A server may load for half a minute on a busy machine. */
const PATIENCE = { timeout: 180_000 };

/** An MCP server in a process of its own, spoken to by the official client. */
export interface StdioServer {
  client: Client;
  /** The definitions, as a model gets them. */
  definitions: object[];
  /** The text of an answer. */
  call(name: string, args: object): Promise<string>;
  /** What it said to people so far. */
  said(): string;
  close(): Promise<void>;
}

/** How a server is started. */
export interface Start {
  file: string | URL;
  args?: readonly string[];
  env?: Record<string, string>;
  preload?: string;
  /** Answers what the server asks the user. Default: the client can't ask. */
  elicit?: (message: string) => 'accept' | 'decline';
  /** Which version of the protocol the client begins with. */
  era?: 'modern' | 'legacy';
}

export async function startStdio({
  file,
  args = [],
  env = {},
  preload,
  elicit,
  era,
}: Start): Promise<StdioServer> {
  const client = new Client(
    { name: 'compat', version: '1' },
    {
      capabilities: elicit === undefined ? {} : { elicitation: {} },
      ...(era === 'modern' && { versionNegotiation: { mode: 'auto' as const } }),
    },
  );
  if (elicit !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) => ({
      action: elicit(params.message),
      content: {},
    }));
  }
  const imports = preload === undefined ? [] : ['--import', preload];
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--conditions=@context-sdk/source', '--no-warnings', ...imports, path, ...args],
    stderr: 'pipe',
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), BROWSER: 'none', ...env },
  });
  let said = '';
  transport.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await client.connect(transport, PATIENCE);
  const { tools } = await client.listTools(undefined, PATIENCE);
  return {
    client,
    definitions: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      parameters: inputSchema,
    })),
    async call(name, input) {
      const { content } = await client.callTool({ name, arguments: { ...input } }, PATIENCE);
      return (content as { text?: string }[]).map(({ text = '' }) => text).join('\n');
    },
    said: () => said,
    close: () => client.close(),
  };
}
