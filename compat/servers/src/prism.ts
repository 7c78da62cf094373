// Google's clients call all of their methods through Prism, which holds requests and answers against Google's own documents:
// CONFORMANCE_DIR=../shared npm --prefix compat/servers run prism
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { createSandbox } from '@context-sdk/sandbox';
import { driveMethods } from '../../../packages/context/test/by-documents/drive-methods.ts';
import { EXPLAINED } from './explained.ts';
import { Judged } from './judged.ts';
import { type Discovery, openApiOf } from './open-api.ts';
import { startPrism } from './prism-server.ts';

const SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/gmail.settings.basic',
  'https://www.googleapis.com/auth/gmail.settings.sharing',
];

const { CONFORMANCE_DIR } = process.env;
if (CONFORMANCE_DIR === undefined) {
  console.log("left out: CONFORMANCE_DIR, which holds Google's documents, is not set");
  process.exit(0);
}
const DOCUMENTS = resolve(import.meta.dirname, '../../..', CONFORMANCE_DIR, 'specs/google');

async function documentOf(name: string): Promise<object> {
  const text = await readFile(join(DOCUMENTS, name), 'utf8');
  return openApiOf(JSON.parse(text) as Discovery);
}

const sandbox = createSandbox({ google: { quotas: { calendar: [], gmail: [] } } });
const listener = await sandbox.listen({ portPerHost: true });
const folder = await mkdtemp(join(tmpdir(), 'context-sdk-prism-'));
const prisms = await Promise.all([
  startPrism(await documentOf('calendar-v3.json'), listener.urlOf('www.googleapis.com'), folder),
  startPrism(await documentOf('gmail-v1.json'), listener.urlOf('gmail.googleapis.com'), folder),
]);
const [calendar, gmail] = prisms.map(({ url }) => url);
const common = {
  auth: sandbox.google.issueToken({ scopes: SCOPES }).accessToken,
  limits: [],
  retry: { attempts: 1 },
};
const met = new Set<string>();
let isAllowed = true;
try {
  const judged = { GoogleCalendarClient: new Judged(), GmailClient: new Judged() };
  const clients = {
    GoogleCalendarClient: new GoogleCalendarClient({
      ...common,
      baseUrl: `${calendar}/calendar/v3`,
      fetch: judged.GoogleCalendarClient.fetch,
    }),
    GmailClient: new GmailClient({ ...common, baseUrl: String(gmail), fetch: judged.GmailClient.fetch }),
  };
  for (const [name, client] of Object.entries(clients)) {
    const unsent = await driveMethods(name, client, sandbox);
    const { answers, violations } = judged[name as keyof typeof judged];
    console.log(`${name}: ${answers} requests and answers through Prism`);
    for (const [violation, count] of violations) {
      const explanation = EXPLAINED.find((each) => each.violation.test(violation));
      if (explanation) met.add(explanation.because);
      else isAllowed = false;
      console.log(`  ${explanation ? 'explained' : 'VIOLATION'}, ${count} ×: ${violation}`);
    }
    for (const method of unsent) console.log(`  ${method} sent nothing`);
    isAllowed &&= unsent.length === 0;
  }
  for (const { because } of EXPLAINED) {
    console.log(`${met.has(because) ? 'allowed' : 'MET NO LONGER'}: ${because}`);
    isAllowed &&= met.has(because);
  }
} finally {
  for (const prism of prisms) prism.stop();
  await listener.close();
  await rm(folder, { recursive: true });
}
process.exit(isAllowed ? 0 : 1);
