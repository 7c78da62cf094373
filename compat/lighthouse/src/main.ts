// Lighthouse on the example application, as a phone and as a desktop, before and after signing in: npm --prefix compat/lighthouse start
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../../examples/express-server/test/support.ts';
import { type Form, medians } from './scores.ts';
import { openProfile, type Visitor } from './visitor.ts';

const GOAL = 95;
const FORMS: readonly Form[] = ['phone', 'desktop'];

async function isGood(name: string, url: string, { port }: Visitor): Promise<boolean> {
  let good = true;
  for (const form of FORMS) {
    const scores = Object.entries(await medians(url, form, port));
    console.log(`${name}, ${form}: ${scores.map(([category, score]) => `${category} ${score}`).join(', ')}`);
    good &&= scores.every(([, score]) => score >= GOAL);
  }
  return good;
}

const app = await startApp();
const profile = await mkdtemp(join(tmpdir(), 'context-sdk-lighthouse-'));
const visitor = await openProfile(profile);
try {
  const verdicts = [await isGood('signed out', app.url, visitor)];
  await visitor.signIn(app.url);
  verdicts.push(await isGood('the first time', app.url, visitor));
  await visitor.connectGoogle(app.url);
  verdicts.push(await isGood('a day', app.url, visitor));
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  await visitor.close();
  await app.stop();
  await rm(profile, { recursive: true, force: true });
}
process.exit();
