import { type Context, createContext, memoryStore } from '@context-sdk/context';
import { AdoClient, personalAccessToken } from '@context-sdk/context/azure-devops';

interface Bindings {
  TICKTICK_TOKEN: string;
  PAT: string;
  ORGANIZATION_URL: string;
}

let context: Context | undefined;

/** Made with the first request: Workers allow no random numbers before. */
function contextOf(): Context {
  return (context ??= createContext({
    store: memoryStore(),
    baseUrl: 'https://app.test',
    providers: { ticktick: { clientId: 'id', clientSecret: 'secret' } },
  }));
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const handler = contextOf().createHandler({ getUserId: () => 'ada' });
    if (handler.handles(request.url)) return await handler(request);
    const { connections, ticktick } = contextOf().user('ada');
    await connections.connect('ticktick', { token: bindings.TICKTICK_TOKEN });
    const tasks = await ticktick.tasks.listOpen().toArray();
    const auth = personalAccessToken(bindings.PAT);
    const azureDevOps = new AdoClient({ organizationUrl: bindings.ORGANIZATION_URL, auth });
    const projects = await azureDevOps.projects.list().toArray();
    return new Response(`${tasks.length} tasks, ${projects.length} projects`);
  },
};
