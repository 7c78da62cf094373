import { tellGuide } from './guide.ts';
import { tellGoogle } from './google.ts';
import { startHost } from './host.ts';
import { tellOfficial } from './official.ts';
import { heading } from './story.ts';

const LIMITS = [{ limit: 100, intervalMs: 3_000 }];

async function tell(
  title: string,
  dialect: 'official' | 'guide',
  story: (host: Awaited<ReturnType<typeof startHost>>) => Promise<void>,
): Promise<void> {
  heading(title);
  const host = await startHost(dialect, LIMITS);
  try {
    await story(host);
  } finally {
    await host.close();
  }
}

const startedAt = performance.now();
try {
  await tell('TickTick’s Open API, through the Express example', 'official', tellOfficial);
  await tell('Google Calendar and Gmail', 'official', tellGoogle);
  await tell('A gateway that speaks the integration guide’s dialect', 'guide', tellGuide);
  console.log(`\nDone in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
