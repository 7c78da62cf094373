// What a client of MCP does with the command of its configuration: npx @context-sdk/mcp --sandbox
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const server = spawn('node_modules/.bin/context-mcp', ['--sandbox'], { stdio: ['pipe', 'pipe', 'ignore'] });
const replies = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
let id = 0;
const send = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const call = async (method: string, params: object) => {
  send({ id: (id += 1), method, params });
  for (;;) {
    const { value } = await replies.next();
    const reply = JSON.parse(String(value)) as { id?: number; result: unknown };
    if (reply.id === id) return reply.result;
  }
};
const client = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'first-steps', version: '1' },
};
await call('initialize', client);
send({ method: 'notifications/initialized' });
const { tools } = (await call('tools/list', {})) as { tools: unknown[] };
const made = await call('tools/call', { name: 'create_task', arguments: { title: 'From an assistant' } });
const { content } = made as { content: { text: string }[] };
console.log(`${tools.length} tools; ${content[0]?.text.split('\n')[0]}`);
if (tools.length !== 15 || !content[0]?.text.startsWith('Created'))
  throw new Error('The assistant did nothing.');
server.kill();
