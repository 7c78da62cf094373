// A host with CommonJS, on the installed packages: Node 22 and later can require ES modules.
const assert = require('node:assert/strict');
const { GoogleCalendarClient } = require('@context-sdk/google-workspace');
const { NotFoundError } = require('@context-sdk/oauth-core');
const { fileStore } = require('@context-sdk/oauth-core/file');
const { createSandbox } = require('@context-sdk/sandbox');
const { TickTickClient } = require('@context-sdk/ticktick-client');

async function main() {
  assert.equal(typeof fileStore, 'function');
  const sandbox = createSandbox({ seed: 5 });
  const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
  assert.equal((await client.tasks.listOpen().toArray()).length, 5);
  await assert.rejects(client.tasks.get('6247ee29630c800f064fd145'), NotFoundError);
  const { accessToken } = sandbox.google.issueToken();
  const calendar = new GoogleCalendarClient({ auth: accessToken, fetch: sandbox.fetch });
  await assert.rejects(calendar.events.get('missing00'), NotFoundError);
}

void main();
