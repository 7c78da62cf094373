import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One case of somebody else's: what goes in, and what they say comes out. */
export interface PeerCase {
  /** Where in the source. */
  at?: string;
  expected: unknown;
  /** Why ours differs, with its source. What agrees has none. */
  differs?: string;
  /** What ours makes of it, if it differs. */
  ours?: unknown;
  [input: string]: unknown;
}

export interface CaseFile {
  name: string;
  /** Which judge reads it. */
  kind: string;
  source: string;
  cases: PeerCase[];
}

const FOLDER = join(import.meta.dirname, '../../../../compat/cases');

/** What other projects' tests and standards say, as data: compat/cases. */
export function caseFiles(): CaseFile[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const content = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Omit<CaseFile, 'name'>;
      return { name: file.replace(/\.json$/, ''), ...content };
    });
}
