import { readFileSync } from 'node:fs';
import type { Findings } from '../lib/checks.ts';
import { GOOGLE_METHODS_FILE, renderGoogleMethods } from '../lib/google-methods.ts';
import { renderSandboxAssumptions, SANDBOX_ASSUMPTIONS_FILE } from '../lib/sandbox-assumptions.ts';
import { renderToolSchemas, TOOL_SCHEMAS_FILE } from '../lib/tool-schemas.ts';

/** Generated files are what their sources say now: the specifications, the inputs of tools, the sandbox's tables. */
export async function checkGenerated(): Promise<Findings> {
  const problems = [
    ...(await drifted(TOOL_SCHEMAS_FILE, renderToolSchemas())),
    ...(await drifted(SANDBOX_ASSUMPTIONS_FILE, renderSandboxAssumptions())),
  ];
  const conformanceDir = process.env['CONFORMANCE_DIR'];
  if (!conformanceDir) return { problems, notes: ['Google’s methods: skipped, CONFORMANCE_DIR is not set'] };
  return {
    problems: [...problems, ...(await drifted(GOOGLE_METHODS_FILE, renderGoogleMethods(conformanceDir)))],
  };
}

async function drifted(file: string, rendered: Promise<string>): Promise<string[]> {
  return readFileSync(file, 'utf8') === (await rendered) ? [] : [`${file} has drifted: npm run generate`];
}
