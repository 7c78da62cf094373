import type * as oauth4webapi from 'oauth4webapi';

/** oauth4webapi, loaded with the first sign-in or refresh: a process that only spends tokens never needs it. */
export type OAuthLibrary = typeof oauth4webapi;

export function loadLibrary(): Promise<OAuthLibrary> {
  return import('oauth4webapi');
}
