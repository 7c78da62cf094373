import type { AdoClient } from '@context-sdk/ado-client';
import type { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { TickTickClient } from '@context-sdk/ticktick-client';
import { Connections } from '../connections/connections.ts';
import type { Setup } from '../setup.ts';
import { UserClients } from './user-clients.ts';

/** One of the host's users, and what they have connected. */
export class User {
  readonly id: string;
  readonly connections: Connections;
  readonly #clients: UserClients;

  constructor(setup: Setup, id: string) {
    this.id = id;
    this.#clients = new UserClients(setup, id);
    this.connections = new Connections(setup, id, this.#clients);
  }

  /** Throws {@link ConfigurationError} where the context has no `providers.ticktick`. */
  get ticktick(): TickTickClient {
    return this.#clients.ticktick;
  }

  /** Throws {@link ConfigurationError} where the context has no `providers.google`. */
  get calendar(): GoogleCalendarClient {
    return this.#clients.calendar;
  }

  /** Throws {@link ConfigurationError} where the context has no `providers.google`. */
  get gmail(): GmailClient {
    return this.#clients.gmail;
  }

  /**
   * A client of the organization that this user connected, else of the host's own: only the connection knows, so this
   * reads it, at most every 30 s. Throws {@link ConfigurationError} where the context has no `providers.azureDevOps` or
   * nothing names an organization, and {@link StoreError}.
   */
  azureDevOps(): Promise<AdoClient> {
    return this.#clients.azureDevOps();
  }
}
