/** Something outside of work items that they link to. */
export interface Artifact {
  readonly kind: 'pull request' | 'commit' | 'build';
  readonly id: string;
  readonly title: string;
  /** Of a pull request `active`, `completed` or `abandoned`; of a build its status, and its result behind a colon. */
  readonly state: string;
  readonly repositoryId: string;
}
