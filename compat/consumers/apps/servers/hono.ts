import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { begin, handler, readDay } from './shared-host.js';

const app = new Hono();
app.all('/auth/*', ({ req }) => handler(req.raw));
app.all('/webhooks/*', ({ req }) => handler(req.raw));
app.get('/day', async (c) => c.json(await readDay()));
app.post('/begin', async (c) => c.json(await begin((await c.req.json<{ pat: string }>()).pat)));
serve({ fetch: app.fetch, port: Number(process.env.PORT) });
