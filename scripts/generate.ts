// Writes the files that are generated: from the services' specifications, which CONFORMANCE_DIR holds, and from the inputs of tools.
import { writeFileSync } from 'node:fs';
import { GOOGLE_METHODS_FILE, renderGoogleMethods } from './lib/google-methods.ts';
import { renderToolSchemas, TOOL_SCHEMAS_FILE } from './lib/tool-schemas.ts';

writeFileSync(TOOL_SCHEMAS_FILE, await renderToolSchemas());

const conformanceDir = process.env['CONFORMANCE_DIR'];
if (!conformanceDir) throw new Error('Set CONFORMANCE_DIR to the folder that holds specs/google.');
writeFileSync(GOOGLE_METHODS_FILE, await renderGoogleMethods(conformanceDir));
