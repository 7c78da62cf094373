// Writes the files that are generated: from the services' specifications, which CONFORMANCE_DIR holds, from the inputs of tools, and
// from the sandbox's tables.
import { writeFileSync } from 'node:fs';
import { GOOGLE_METHODS_FILE, renderGoogleMethods } from './lib/google-methods.ts';
import { renderSandboxAssumptions, SANDBOX_ASSUMPTIONS_FILE } from './lib/sandbox-assumptions.ts';
import { renderToolSchemas, TOOL_SCHEMAS_FILE } from './lib/tool-schemas.ts';

writeFileSync(TOOL_SCHEMAS_FILE, await renderToolSchemas());
writeFileSync(SANDBOX_ASSUMPTIONS_FILE, await renderSandboxAssumptions());

const conformanceDir = process.env['CONFORMANCE_DIR'];
if (!conformanceDir) throw new Error('Set CONFORMANCE_DIR to the folder that holds specs/google.');
writeFileSync(GOOGLE_METHODS_FILE, await renderGoogleMethods(conformanceDir));
