import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.ts';

const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  repository: { url: string };
};

/** The repository's page, as the root `package.json` names it. */
export const REPOSITORY: string = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** Where a reader of npm's pages finds a file of the repository. */
export const REPOSITORY_FILES: string = `${REPOSITORY}/blob/main/`;
