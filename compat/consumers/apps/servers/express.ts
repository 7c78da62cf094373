import { toNodeListener } from '@context-sdk/context';
import express from 'express';
import { begin, handler, readDay } from './shared-host.js';

const app = express();
app.use(toNodeListener(handler));
app.use(express.json());
app.get('/day', async (_request, response) => void response.json(await readDay()));
app.post('/begin', async (request, response) => void response.json(await begin(request.body.pat)));
app.listen(Number(process.env.PORT));
