import { createApp } from './app.ts';

const { app, context } = createApp(process.env);
app.listen(8000);
setInterval(() => void context.runMaintenance().catch(console.error), 60_000);
