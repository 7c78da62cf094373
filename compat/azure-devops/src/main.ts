import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import { checkMcpServer } from './mcp.ts';
import { checkCore, checkWork } from './node-api-planning.ts';
import { checkWorkItemTracking } from './node-api-wit.ts';
import { Report } from './report.ts';
import { createWorld } from './world.ts';

const report = new Report();

const world = await createWorld();
const organization = `${world.listener.urlOf('dev.azure.com')}/fabrikam`;
const api = new WebApi(organization, getPersonalAccessTokenHandler(world.pat));
await checkWorkItemTracking(report, api, world);
await checkCore(report, api, world);
await checkWork(report, api, world);
await world.listener.close();

const ofMcp = await createWorld();
const missed = await checkMcpServer(report, ofMcp);
await ofMcp.listener.close();

const groupOf = (name: string): string => (name.includes('.') ? (name.split('.')[0] ?? '') : 'MCP server');
const groups = Map.groupBy(report.outcomes, ({ name }) => groupOf(name));
process.stdout.write('| | calls | as documented | left out |\n| --- | ---: | ---: | ---: |\n');
for (const [group, outcomes] of groups) {
  const leftOut = outcomes.filter(({ exception }) => exception !== undefined).length;
  const failed = outcomes.filter(({ problem }) => problem !== undefined).length;
  const passed = outcomes.length - leftOut - failed;
  process.stdout.write(`| ${group} | ${outcomes.length} | ${passed} | ${leftOut} |\n`);
}
for (const { name, source, problem, exception } of report.outcomes) {
  if (exception !== undefined) process.stdout.write(`left out: ${name} (${source}): ${exception}\n`);
  if (problem !== undefined) process.stdout.write(`FAILED: ${name} (${source}): ${problem}\n`);
}
if (process.argv.includes('--all')) {
  for (const { name, source } of report.outcomes) process.stdout.write(`${name}: ${source}\n`);
}
for (const name of missed) process.stdout.write(`NOT CALLED: ${name}\n`);
const isFailed = missed.length > 0 || report.outcomes.some(({ problem }) => problem !== undefined);
process.exitCode = isFailed ? 1 : 0;
