/** What a token must allow. */
export type Scope = 'vso.work' | 'vso.work_write';
