import type { LibraryAnswer, LibraryCall, LibraryOptions } from './library-call.ts';

interface OfUser {
  userId?: string;
}

interface OfThing extends OfUser {
  id?: string;
}

interface Listing extends OfUser {
  maxResults?: number;
  pageToken?: string;
}

interface Searching extends Listing {
  includeSpamTrash?: boolean;
  q?: string;
}

interface Sending extends OfUser {
  requestBody?: object;
}

/** A method of Google's library. */
type Calls<P> = { call(parameters: P, options: LibraryCall): Promise<LibraryAnswer> }['call'];

/** The part of Google's Gmail client that we use. Method types are bivariant, so that every major version fits. */
export interface GmailApi {
  users: {
    drafts: {
      create: Calls<Sending>;
      delete: Calls<OfThing>;
      get: Calls<OfThing & { format?: string }>;
      list: Calls<Searching>;
      send: Calls<Sending>;
      update: Calls<OfThing & Sending>;
    };
    getProfile: Calls<OfUser>;
    history: {
      list: Calls<Listing & { startHistoryId?: string; labelId?: string; historyTypes?: string[] }>;
    };
    messages: {
      attachments: { get: Calls<OfThing & { messageId?: string }> };
      get: Calls<OfThing & { format?: string; metadataHeaders?: string[] }>;
      list: Calls<Searching & { labelIds?: string[] }>;
      send: Calls<Sending>;
    };
    stop: Calls<OfUser>;
    threads: { get: Calls<OfThing & { format?: string; metadataHeaders?: string[] }> };
    watch: Calls<Sending>;
  };
}

/** Where Google's Gmail client comes from: `@googleapis/gmail`, or `google` of the full `googleapis`. */
export interface GmailLibrary {
  /** Makes Google's client. */
  gmail(options: LibraryOptions<'v1'>): GmailApi;
}

/** `@googleapis/gmail`, loaded with the first request: it costs more than all of this package. */
export function loadGmailLibrary(): Promise<GmailLibrary> {
  return import('@googleapis/gmail');
}
