import type { GmailApi } from '../library/gmail-library.ts';
import type { Requests } from '../requests/requests.ts';
import type { GmailMethod } from './methods.ts';

/** The requests that the resources of a client of Gmail make. */
export type GmailRequests = Requests<GmailApi, GmailMethod>;
