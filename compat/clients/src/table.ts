import { readFileSync, writeFileSync } from 'node:fs';
import type { Report } from '../../azure-devops/src/report.ts';

/** What passed when the calls were first counted (issue 22), by other calls than today's. */
const BEFORE: Readonly<Record<string, string>> = {
  'google-auth-library': '9 of 18',
  googleapis: '43 of 65',
  'googleapis by rootUrl': '0',
  'ticktick-node-api-oauth2': '15 of 16',
  '@azure/msal-node': '4 of 5, with @azure/identity',
  '@auth/core': 'none',
  'better-auth': 'Google only',
  '@cocal/google-calendar-mcp': '17 of 22',
  '@gongrzhe/server-gmail-autoauth-mcp': 'partly',
  '@shinzolabs/gmail-mcp': 'partly',
  '@tiberriver256/mcp-server-azure-devops': '4 of 10',
};

const BEGIN = '<!-- clients: written by npm --prefix compat/clients start -->';
const END = '<!-- /clients -->';

/** Writes what became of each client's calls into compat/README.md, and one line of it into the README. */
export function writeTable(reports: ReadonlyMap<string, Report>, day: string): void {
  writeBetween('../../README.md', tableOf(reports, day));
  writeBetween('../../../README.md', `${lineOf(reports, day)}\n`);
}

function writeBetween(path: string, text: string): void {
  const file = new URL(path, import.meta.url);
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(BEGIN);
  const [, after = ''] = rest.split(END);
  writeFileSync(file, `${before}${BEGIN}\n\n${text}\n${END}${after}`);
}

function lineOf(reports: ReadonlyMap<string, Report>, day: string): string {
  const outcomes = [...reports.values()].flatMap((report) => report.outcomes);
  const passing = outcomes.filter(
    ({ problem, exception }) => problem === undefined && exception === undefined,
  );
  const calls = `${passing.length} of ${outcomes.length} calls of ${reports.size} clients`;
  return `Other people's clients against the sandbox: ${calls} pass ([table](compat/README.md), ${day}).`;
}

function tableOf(reports: ReadonlyMap<string, Report>, day: string): string {
  const rows = [...reports].map(([client, { outcomes }]) => {
    const failed = outcomes.filter(({ problem }) => problem !== undefined);
    const excepted = outcomes.filter(({ exception }) => exception !== undefined);
    const passing = outcomes.length - failed.length - excepted.length;
    const remarks = [
      ...excepted.map(({ name, exception, source }) => `\`${name}\`: ${exception} (${source})`),
      ...failed.map(
        ({ name, problem = '' }) => `fails: \`${name}\`: ${problem.slice(0, 120).replaceAll('|', '/')}`,
      ),
    ];
    const cells = [
      client,
      versionOf(client),
      outcomes.length,
      passing,
      BEFORE[client] ?? '',
      remarks.join('; '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head =
    '| client | version | calls | passing | before | exceptions |\n| --- | --- | ---: | ---: | --- | --- |';
  return `Measured on ${day}:\n\n${head}\n${rows.join('\n')}\n`;
}

function versionOf(client: string): string {
  const name = client.replace(/ by .*$/, '');
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
