// Loaded before Microsoft's MCP server: sends what it asks of Azure DevOps to the sandbox at SANDBOX_URL.
import { registerHooks } from 'node:module';
import { fetchFrom } from '@context-sdk/sandbox';
import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';

// A native module of the interactive sign-in, which isn't used here and doesn't compile everywhere.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'keytar'
      ? { url: 'data:text/javascript,export default {}', shortCircuit: true }
      : next(specifier, context),
});

const url = process.env['SANDBOX_URL'] ?? '';
const send = fetchFrom(url);
setupServer(
  http.all('*', async ({ request }) => (request.url.startsWith(url) ? passthrough() : await send(request))),
).listen({ onUnhandledFrame: 'error' });
