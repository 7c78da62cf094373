import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { World } from './world.ts';

/** Microsoft's MCP server in a process of its own, over stdio, against the sandbox. */
export interface McpServer {
  /** Names of the tools, and of the actions of those that have some. */
  tools: { name: string; actions: string[] }[];
  /** The JSON or text that a tool answers with. Throws what it says of a failure. */
  call(tool: string, args: Record<string, unknown>): Promise<unknown>;
  close(): Promise<void>;
}

const DOMAINS = ['core', 'work', 'work-items'];
const FILE = fileURLToPath(new URL('../node_modules/@azure-devops/mcp/dist/index.js', import.meta.url));
const REDIRECT = fileURLToPath(new URL('redirect.ts', import.meta.url));

export async function startMcpServer({ listener, pat }: World): Promise<McpServer> {
  const client = new Client({ name: 'compat', version: '1.0.0' });
  const options = ['--conditions=@context-sdk/source', '--import', REDIRECT, FILE];
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...options, 'fabrikam', '--authentication', 'pat', '--tenant', 'none', '--domains', ...DOMAINS],
      env: {
        PATH: process.env['PATH'] ?? '',
        SANDBOX_URL: listener.url,
        PERSONAL_ACCESS_TOKEN: Buffer.from(`me:${pat}`).toString('base64'),
      },
    }),
  );
  const { tools } = await client.listTools();
  return {
    tools: tools.map(({ name, inputSchema }) => ({ name, actions: actionsOf(inputSchema) })),
    async call(tool, args) {
      const { content, isError } = await client.callTool({ name: tool, arguments: args });
      const blocks = content as { type: string; text?: string; resource?: { blob?: string } }[];
      const texts = blocks.map(({ text, resource }) => unwrapped(text ?? resource?.blob ?? ''));
      if (isError === true) throw new Error(texts.join(' '));
      return parsed(texts.at(-1) ?? '');
    },
    close: () => client.close(),
  };
}

function actionsOf({ properties }: { properties?: object | undefined }): string[] {
  const { action } = (properties ?? {}) as { action?: { enum?: string[]; const?: string } };
  return action?.enum ?? (action?.const === undefined ? [] : [action.const]);
}

/** Text of others is between two lines with a random mark. */
function unwrapped(text: string): string {
  return /^<<\w+>>[^\n]*\n(.*)\n<<\/\w+>>$/s.exec(text)?.[1] ?? text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
