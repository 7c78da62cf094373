import { pathToFileURL } from 'node:url';
import type { EnvironmentOverrides } from '@context-sdk/context';
import { google } from '@context-sdk/context/providers';
import { tickTickGateway } from '@context-sdk/context/ticktick';
import {
  GUIDE_ENV,
  type GuideServices,
  startGuideServices,
} from '../../packages/context/test/guide/servers/all.ts';
import { createApp, identify } from './app.ts';

/** The guide's services on this machine. Only what a browser visits has an address here. */
export function optionsFor({ ticktick, google: calendar, fetch }: GuideServices): EnvironmentOverrides {
  const authorizationEndpoint = `${calendar.origin}/o/oauth2/v2/auth`;
  const endpointHosts = [...(google.endpointHosts ?? []), new URL(calendar.origin).hostname];
  const scopes = google.defaultScopes.filter((scope) => scope.startsWith('https:'));
  return {
    fetch: (input, init) => {
      const { origin } = new URL(input instanceof Request ? input.url : input);
      return origin === ticktick.origin ? globalThis.fetch(input, init) : fetch(input, init);
    },
    providers: {
      ticktick: tickTickGateway({ origin: ticktick.origin, identify }),
      google: { provider: { ...google, authorizationEndpoint, endpointHosts }, scopes },
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const services = await startGuideServices();
  const { app } = createApp(
    { ...GUIDE_ENV, FRONTEND_URL: 'http://localhost:8000/tasks' },
    optionsFor(services),
  );
  app.listen(8000);
  console.log(
    'http://localhost:8000/auth/ticktick/authorize, then /auth/google/authorize, /tasks, /events …',
  );
}
