// `npx @context-sdk/mcp --sandbox` with the official client, over stdio, in both eras of the protocol.
import { check } from './assistant.ts';
import { startStdio, type StdioServer } from './stdio-server.ts';

const BIN = new URL('../../../packages/mcp/src/bin.ts', import.meta.url);
const MAIL = { to: ['grace@example.com'], subject: 'Over stdio', text: 'y' };

async function send({ call }: StdioServer): Promise<string> {
  const [draft = ''] = /\bd\d+\b/.exec(await call('draft_mail', MAIL)) ?? [];
  return await call('send_draft', { draft });
}

for (const era of ['modern', 'legacy'] as const) {
  const plain = await startStdio({ file: BIN, args: ['--sandbox'], era });
  check(`stdio, ${era}: lists 15 tools`, plain.definitions.length === 15);
  const created = await plain.call('create_task', { title: 'x' });
  check(`stdio, ${era}: runs a tool`, created.startsWith('Created t'));
  const waits = await send(plain);
  check(`stdio, ${era}: nothing is sent without a person`, waits.startsWith('Not done yet'));
  check(
    `stdio, ${era}: the page’s address is on stderr`,
    /Open http:\/\/localhost:\d+\/open\?key=/.test(plain.said()),
  );
  await plain.close();
  for (const action of ['accept', 'decline'] as const) {
    let asked = '';
    const asking = await startStdio({
      file: BIN,
      args: ['--sandbox'],
      era,
      elicit: (message) => {
        asked = message;
        return action;
      },
    });
    const said = await send(asking);
    check(
      `stdio, ${era}: the client asks its user what is to be done`,
      asked.includes('Send the mail “Over stdio”'),
    );
    check(
      `stdio, ${era}: ${action}`,
      said === (action === 'accept' ? 'Sent.' : 'The user doesn’t want this.'),
    );
    check(`stdio, ${era}: no page is opened`, !asking.said().includes('Open http'));
    await asking.close();
  }
}
process.exit(0);
