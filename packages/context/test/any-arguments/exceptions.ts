/** What is not called with any arguments, and why: an entry point, an export, or a method by its path. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  '@context-sdk/oauth-core/client-kit':
    'for authors of clients, whose arguments their code makes, not their users',
  '@context-sdk/oauth-core/store-kit': 'for authors of stores, likewise',
  '@context-sdk/oauth-core/recurrence': 'for authors of clients, likewise',
  '@context-sdk/oauth-core/testing': 'registers tests with a test runner',
  'TickTickClient.changes.watch': 'never ends; its options are those of poll',
  '@context-sdk/context/store-kit': 'the same as in oauth-core',
  '@context-sdk/context/testing': 'the same as in oauth-core',
};

/** Arguments that errors call by another name, since it tells more. */
export const NAMED_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  artifactLink: ['projectId', 'repositoryId'],
  auth: ['token'],
  filters: ['criteria'],
  file: ['client_secret.json'],
  grant: ['tokenSet'],
  init: ['its URL, its method or one of its headers'],
  input: ['name'],
  inputs: ['items'],
  pat: ['personal access token'],
  rule: ['repeatFlag'],
  tokenSet: ['token is empty, or has'],
  accessToken: ['token is empty, or has'],
  updates: ['items'],
};

/** What the SDK hands out and takes itself: errors that it makes. */
export const MADE_BY_US: ReadonlySet<string> = new Set(['ContextSdkError']);
