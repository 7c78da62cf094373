import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { trackedFiles } from '../lib/tracked-files.ts';
import { ROOT } from '../lib/workspace.ts';

const USES = /^\s*(?:- )?uses: (\S+)(.*)$/gm;
const PINNED = /@[0-9a-f]{40}$/;

/** Workflows run other people's actions by the hash of a commit, and have no permission but those that a job asks for. */
export function checkWorkflows(): Findings {
  const problems: string[] = [];
  for (const file of trackedFiles('.github/*.yml')) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, action = '', comment = ''] of text.matchAll(USES)) {
      if (action.startsWith('./')) continue;
      if (!PINNED.test(action)) problems.push(`${file}: ${action} is not pinned to a commit`);
      else if (!/^ # v\d/.test(comment)) problems.push(`${file}: ${action} doesn't say which version it is`);
    }
    if (file.startsWith('.github/workflows/') && !/^permissions: \{\}$/m.test(text))
      problems.push(`${file} has permissions for all jobs: say "permissions: {}"`);
  }
  return { problems };
}
