import { readFileSync } from 'node:fs';
import type { Findings } from '../lib/checks.ts';
import { GOOGLE_METHODS_FILE, renderGoogleMethods } from '../lib/google-methods.ts';

/** Generated files are what the specifications say now. */
export async function checkGenerated(): Promise<Findings> {
  const conformanceDir = process.env['CONFORMANCE_DIR'];
  if (!conformanceDir) return { problems: [], notes: ['skipped: CONFORMANCE_DIR is not set'] };
  const isCurrent = readFileSync(GOOGLE_METHODS_FILE, 'utf8') === (await renderGoogleMethods(conformanceDir));
  return { problems: isCurrent ? [] : [`${GOOGLE_METHODS_FILE} has drifted: npm run generate`] };
}
