import { Report } from '../../azure-devops/src/report.ts';
import { checkGoogleApis } from './google-apis.ts';
import { checkGoogleAuth } from './google-auth.ts';
import { checkMcpServers } from './mcp.ts';
import { checkMicrosoft } from './microsoft.ts';
import { checkOAuthClients } from './oauth-clients.ts';
import { checkSessionLibraries } from './session-libraries.ts';
import { writeTable } from './table.ts';
import { checkTickTick } from './ticktick.ts';
import { createWorld } from './world.ts';

const reports = new Map<string, Report>();
const group = (name: string): Report => {
  const report = reports.get(name) ?? new Report();
  reports.set(name, report);
  return report;
};
const world = await createWorld();
const parts: Record<string, () => Promise<void>> = {
  auth: async () => await checkGoogleAuth(group('google-auth-library'), world),
  apis: async () => await checkGoogleApis(group, world),
  oauth: async () => await checkOAuthClients(group, world),
  microsoft: async () => await checkMicrosoft(group, world),
  ticktick: async () => await checkTickTick(group('ticktick-node-api-oauth2'), world),
  sessions: async () => await checkSessionLibraries(group, world),
  mcp: async () => await checkMcpServers(group, world),
};
const [, , ...wanted] = process.argv;
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
for (const [name, { outcomes }] of reports) {
  const failed = outcomes.filter(({ problem }) => problem !== undefined);
  const excepted = outcomes.filter(({ exception }) => exception !== undefined);
  process.stdout.write(
    `${name}: ${outcomes.length - failed.length - excepted.length} of ${outcomes.length}\n`,
  );
  for (const one of failed)
    process.stdout.write(`  FAILED ${one.name} (${one.source}): ${one.problem?.slice(0, 400)}\n`);
}
await world.close();
if (wanted.length === 0) writeTable(reports, new Date().toISOString().slice(0, 10));
const isFailed = [...reports.values()].some(({ outcomes }) =>
  outcomes.some(({ problem }) => problem !== undefined),
);
process.exit(isFailed ? 1 : 0);
