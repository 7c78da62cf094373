// What a client of MCP does with @cocal/google-calendar-mcp, once Google's console has given the keys of a project and the person has
// signed in, which is what the two files are. Its address can't be set: NODE_OPTIONS has --import @context-sdk/sandbox/preload.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_TOKENS = '[]' } = process.env;
const INSTALLED = {
  client_id: GOOGLE_CLIENT_ID,
  client_secret: GOOGLE_CLIENT_SECRET,
  redirect_uris: ['http://localhost:3000/oauth2callback'],
};
const [tokens] = JSON.parse(GOOGLE_TOKENS) as object[];
const saved = { ...tokens, token_type: 'Bearer', expiry_date: Date.now() + 3_000_000 };
writeFileSync('keys.json', JSON.stringify({ installed: INSTALLED }));
writeFileSync('tokens.json', JSON.stringify({ normal: saved }));

const server = spawn('node_modules/.bin/google-calendar-mcp', [], {
  stdio: ['pipe', 'pipe', 'ignore'],
  env: {
    ...process.env,
    GOOGLE_OAUTH_CREDENTIALS: 'keys.json',
    GOOGLE_CALENDAR_MCP_TOKEN_PATH: 'tokens.json',
  },
});
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
const EVENT = {
  calendarId: 'primary',
  summary: 'From an assistant',
  start: '2030-01-07T09:00:00',
  end: '2030-01-07T10:00:00',
  timeZone: 'UTC',
};
const made = await call('tools/call', { name: 'create-event', arguments: EVENT });
const { content, isError } = made as { content: { text: string }[]; isError?: boolean };
console.log(`${tools.length} tools; ${content[0]?.text.replaceAll(/\s+/g, ' ').slice(0, 60)}`);
if (isError === true || !content[0]?.text.includes('From an assistant'))
  throw new Error('The assistant did nothing.');
server.kill();
