import { mkdir } from 'node:fs/promises';
import { ContextSdkError, memoryStore } from '@context-sdk/oauth-core';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { type AppOptions, createApp } from './create-app.ts';
import { settingsFrom } from './settings.ts';

const LOCAL = new URL('http://localhost:8000');

async function optionsFor(environment: NodeJS.ProcessEnv): Promise<Omit<AppOptions, 'onEvent'>> {
  if (environment['SANDBOX'] !== '1') {
    const settings = settingsFrom(environment);
    await mkdir('data', { recursive: true });
    return { settings, store: sqliteStore('data/context.sqlite') };
  }
  const { startSandbox } = await import('./sandboxed.ts');
  const { settings } = await startSandbox(LOCAL, { consent: 'click' });
  return { settings, store: memoryStore() };
}

try {
  const options = await optionsFor(process.env);
  const app = createApp({ ...options, onEvent: ({ type, data }) => console.log('webhook', type, data) });
  const { port, origin } = options.settings.backendUrl;
  app.listen(Number(port) || 8000, () => console.log(`Open ${origin}/`));
} catch (error) {
  if (!(error instanceof ContextSdkError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
