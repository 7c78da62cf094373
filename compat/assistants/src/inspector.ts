// The official MCP Inspector's command line against the endpoint over HTTP, for two users, and against `npx @context-sdk/mcp --sandbox`
// over stdio: it lists the tools, judges their schemas (`--strict`), and calls some.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { check, startAssistant } from './assistant.ts';

const INSPECTOR = fileURLToPath(
  new URL('../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);
const BIN = fileURLToPath(new URL('../../../packages/mcp/src/bin.ts', import.meta.url));
const run = promisify(execFile);

interface Listed {
  tools: { name: string; annotations?: { readOnlyHint?: boolean }; inputSchema: { type: string } }[];
}

interface Called {
  content: { text: string }[];
  isError?: boolean;
}

/** What the inspector prints for a method. Rejects if it ends with a code, as it does for schemas that it finds fault with. */
async function inspected<T>(
  target: readonly string[],
  method: string,
  more: readonly string[] = [],
): Promise<T> {
  // A server may load for a minute on a busy machine.
  const args = [INSPECTOR, '--cli', ...target, '--connect-timeout', '180000', '--method', method, ...more];
  const { stdout } = await run(process.execPath, args, {
    env: { ...process.env, BROWSER: 'none' },
    timeout: 300_000,
  });
  return JSON.parse(stdout) as T;
}

async function called(
  target: readonly string[],
  tool: string,
  input: Readonly<Record<string, string>>,
): Promise<Called> {
  const pairs = Object.entries(input).flatMap(([name, value]) => ['--tool-arg', `${name}=${value}`]);
  return await inspected<Called>(target, 'tools/call', ['--tool-name', tool, ...pairs]);
}

async function inspect(name: string, target: readonly string[]): Promise<void> {
  const { tools } = await inspected<Listed>(target, 'tools/list', ['--strict']);
  check(`${name}: lists 15 tools, and finds no fault with their schemas`, tools.length === 15);
  check(
    `${name}: annotations arrive`,
    tools.some(({ annotations }) => annotations?.readOnlyHint === true),
  );
  const created = await called(target, 'create_task', { title: `By the inspector, ${name}` });
  check(`${name}: runs a tool`, created.content[0]?.text.startsWith('Created t') === true);
  const wrong = await called(target, 'create_task', { title: 'x', day: 'tomorrow' }).catch(
    (error: unknown) => error,
  );
  check(`${name}: an invalid input is an error that names the field`, JSON.stringify(wrong).includes('day'));
}

/** The endpoint in an HTTP server of Node's own, as a host that has no framework would serve it. */
async function served(fetch: (request: Request) => Promise<Response>): Promise<string> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const { method = 'GET', url = '/' } = incoming;
    const body = chunks.length === 0 ? null : Buffer.concat(chunks);
    const response = await fetch(new Request(`http://127.0.0.1${url}`, { method, headers, body }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
}

const { context, connected } = startAssistant({ seed: 'empty', azureDevOps: { seed: 'empty' } });
await connected('ada');
const endpoint = createMcpEndpoint(context, {
  library: () => import('@modelcontextprotocol/server'),
  timeZone: 'UTC',
  getUser: (request) => request.headers.get('x-user') ?? undefined,
});
const url = await served((request) => endpoint.fetch(request));
const as = (user: string): string[] => [url, '--transport', 'http', '--header', `x-user: ${user}`];
await inspect('HTTP', as('ada'));
const other = await called(as('eve'), 'find', { kind: 'tasks' });
check(
  'HTTP: another user is asked to connect',
  other.content[0]?.text.startsWith('TickTick has to be connected') === true,
);
const nobody = await inspected([url, '--transport', 'http'], 'tools/list').then(
  () => 'listed',
  () => 'refused',
);
check('HTTP: nobody is refused', nobody === 'refused');

await inspect('stdio', [
  process.execPath,
  '--conditions=@context-sdk/source',
  '--no-warnings',
  BIN,
  '--sandbox',
]);
process.exit(0);
