import { type Context, createContext, memoryStore } from '@context-sdk/context';
import { AdoClient, personalAccessToken } from '@context-sdk/context/azure-devops';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/context/google';

interface Bindings {
  TICKTICK_TOKEN: string;
  PAT: string;
  GOOGLE_TOKEN: string;
  ORGANIZATION_URL: string;
}

const START = { dateTime: '2027-03-01T09:00:00Z' };
const END = { dateTime: '2027-03-01T10:00:00Z' };

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
    const calendar = new GoogleCalendarClient({ auth: bindings.GOOGLE_TOKEN });
    const { id } = await calendar.events.create({ summary: 'From a Worker', start: START, end: END });
    const event = await calendar.events.get(id);
    const gmail = new GmailClient({ auth: bindings.GOOGLE_TOKEN });
    const { emailAddress } = await gmail.profile.get();
    const counts = `${tasks.length} tasks, ${projects.length} projects`;
    return new Response(`${counts}, the event ${event.summary}, the mailbox of ${emailAddress}`);
  },
};
