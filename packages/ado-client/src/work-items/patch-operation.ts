/** One step of a JSON Patch as Azure DevOps reads it (RFC 6902, with paths of its own). */
export type PatchOperation =
  { op: 'add' | 'replace' | 'test'; path: string; value: unknown } | { op: 'remove'; path: string };
