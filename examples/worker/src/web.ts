// The web process: takes deliveries and puts them on the queue, within the services' ten seconds.
import { createServer } from 'node:http';
import { browserSessions, toNodeListener } from '@context-sdk/context';
import { connect } from './connect.ts';
import { eventQueue, scheduleMaintenance } from './queues.ts';

const connected = connect(process.env);
const context = connected.context(eventQueue(connected));
await scheduleMaintenance(connected);
const sessions = browserSessions({ store: connected.store, baseUrl: process.env['BACKEND_URL'] ?? '' });
const handler = context.createHandler({
  getUserId: (request) => sessions.userOf(request.headers.get('cookie')),
});
const port = Number(process.env['PORT'] ?? 8000);
createServer(toNodeListener(handler)).listen(port, () => console.log(`Listening on ${port}`));
