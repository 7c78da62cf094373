import { text } from 'node:stream/consumers';
import { toNodeListener } from '@context-sdk/context';
import Koa from 'koa';
import { begin, handler, readDay } from './shared-host.js';

const app = new Koa();
const listener = toNodeListener(handler);
app.use(async (ctx, next) => {
  if (!handler.handles(ctx.path)) return await next();
  ctx.respond = false;
  listener(ctx.req, ctx.res);
});
app.use(async (ctx) => {
  if (ctx.path === '/day') ctx.body = await readDay();
  if (ctx.path === '/begin') ctx.body = await begin(JSON.parse(await text(ctx.req)).pat);
});
app.listen(Number(process.env.PORT));
