import {
  checkObject,
  defineService,
  type FetchRouteOptions,
  type ServiceOptions,
} from '@context-sdk/oauth-core/client-kit';
import { ConfigurationError } from '@context-sdk/oauth-core/errors';
import { classifier } from '../errors.ts';
import { GMAIL_LIMITS, smallestLimit, withCosts } from '../limits.ts';
import { Drafts } from './drafts/drafts.ts';
import { SERVICE } from './errors.ts';
import { Labels } from './labels/labels.ts';
import { GmailMailbox } from './mailbox/mailbox.ts';
import { GmailProfiles } from './mailbox/profile.ts';
import type { BatchParts } from './messages/get-many.ts';
import { Messages } from './messages/messages.ts';
import { Threads } from './messages/threads.ts';
import { GMAIL_OPERATIONS, type GmailOperationName, type GmailService } from './operations.ts';
import { GmailSettings } from './settings/settings.ts';
import { gmailWire } from './wire.ts';

/** Where Google's Gmail client comes from: `@googleapis/gmail`, or `google` of the full `googleapis`. */
export interface GmailLibrary {
  /** Makes Google's client. */
  gmail(options: { version: 'v1' }): object;
}

/** What a client needs (`auth`), and what can be changed. */
export interface GmailClientOptions extends ServiceOptions {
  /** Units that an operation costs. Default: Google's. */
  costs?: Readonly<Partial<Record<GmailOperationName, number>>> | undefined;
  /** Default: `https://gmail.googleapis.com`. */
  baseUrl?: string | undefined;
  /**
   * Whose mailbox: an address, for a service account that acts for a whole domain. Google refuses any other mailbox
   * than the token's own with "Delegation denied", a {@link PermissionError}. Default: `me`, the token's own.
   */
  userId?: string | undefined;
  /** Default: `@googleapis/gmail`. For the full library: `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<GmailLibrary>) | undefined;
}

/** Where Google's library sends requests. */
const ROOT = 'https://gmail.googleapis.com';

function checkedUserId(userId = 'me'): string {
  if (typeof userId === 'string' && (userId === 'me' || /^[^\s@/]+@[^\s@/]+$/.test(userId))) return userId;
  throw new ConfigurationError('userId must be an email address, or me.', { service: SERVICE });
}

function loadLibrary(): Promise<GmailLibrary> {
  return import('@googleapis/gmail');
}

/**
 * One user's Gmail. Methods throw the errors of `@context-sdk/oauth-core`:
 * {@link ReauthorizationRequiredError}, {@link MissingScopeError}, {@link NotFoundError}, {@link PermissionError},
 * {@link ConflictError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError}, {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class GmailClient {
  readonly drafts: Drafts;
  readonly labels: Labels;
  readonly messages: Messages;
  readonly threads: Threads;
  readonly settings: GmailSettings;
  readonly profile: GmailProfiles;
  readonly mailbox: GmailMailbox;
  readonly #service: GmailService;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: GmailClientOptions) {
    checkObject(options, 'options');
    const { baseUrl = ROOT, costs, library = loadLibrary, limits = GMAIL_LIMITS } = options;
    const userId = checkedUserId(options.userId);
    const operations = withCosts(GMAIL_OPERATIONS, costs, SERVICE);
    const classify = classifier(SERVICE, operations);
    this.#service = defineService(
      {
        name: SERVICE,
        baseUrl,
        limits: GMAIL_LIMITS,
        operations,
        wire: gmailWire(
          {
            root: ROOT,
            load: async () => (await library()).gmail({ version: 'v1' }),
            batches: { prefix: '', path: '/batch/gmail/v1' },
          },
          userId,
        ),
        classify,
        probe: { operation: 'profile.get', url: '/gmail/v1/users/me/profile' },
      },
      options,
      { costs: 'checked', baseUrl: 'string', library: 'function', userId: 'string' },
    );
    this.drafts = new Drafts(this.#service);
    this.labels = new Labels(this.#service);
    const batches: BatchParts = {
      classify,
      costOf: (name) => operations[name].cost ?? 1,
      maxUnits: smallestLimit(limits),
      userId,
    };
    this.messages = new Messages(this.#service, batches);
    this.threads = new Threads(this.#service, batches);
    this.settings = new GmailSettings(this.#service);
    this.profile = new GmailProfiles(this.#service);
    this.mailbox = new GmailMailbox(this.#service);
  }

  /**
   * Sends a request to any route of the API, relative to the base URL, with the token, limits, retries and errors of
   * every method. Rejects for responses that are failures. `safety` follows from the HTTP method by default.
   */
  async fetch(path: string, init: RequestInit = {}, options?: FetchRouteOptions): Promise<Response> {
    return await this.#service.fetch(path, init, options);
  }
}
