import type { TokenSet } from '@context-sdk/oauth-core';
import { loadedOnce } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ConnectionCalls } from './connection-calls.ts';
import type { ConnectionsParts } from './connection-changes.ts';
import type { Connection, EndedConnection, ImportOptions, TokenCredentials } from './connection.ts';

/** A user's connections to the providers. */
export class Connections {
  /** Loaded on first use: most calls of a user change no connection. */
  readonly #calls: () => Promise<ConnectionCalls>;

  constructor(parts: ConnectionsParts) {
    this.#calls = loadedOnce(async () => {
      const { ConnectionCalls: Loaded } = await import('./connection-calls.ts');
      return new Loaded(parts);
    });
  }

  /** All configured providers, connected or not. Reads the store only; no service is called. */
  async list(): Promise<Connection[]> {
    return await (await this.#calls()).list();
  }

  /** One provider's state. Throws {@link ConfigurationError} for a provider that is not configured. */
  async get(provider: ProviderId): Promise<Connection> {
    return await (await this.#calls()).get(provider);
  }

  /**
   * Connects with a token that is never refreshed. Verifies it first, in one or two requests. If that fails, nothing is
   * stored: throws {@link ReauthorizationRequiredError} if the service rejects the token, {@link PermissionError} if it
   * lacks permissions, and {@link InvalidRequestError} or {@link ConfigurationError} for invalid arguments.
   */
  async connect(provider: 'ticktick' | 'azure-devops', credentials: TokenCredentials): Promise<Connection> {
    return await (await this.#calls()).connect(provider, credentials);
  }

  /**
   * Imports OAuth tokens that were issued to this context's app, by a sign-in or from the host's own storage. Throws
   * {@link ConfigurationError} if there is no such app or no token, and {@link StoreError}.
   */
  async import(provider: ProviderId, tokenSet: TokenSet, options?: ImportOptions): Promise<Connection> {
    return await (await this.#calls()).import(provider, tokenSet, options);
  }

  /**
   * Ends a connection: removes webhooks and channels, revokes OAuth tokens at the provider, and deletes the credentials. If the
   * provider can't be reached, the result says so, and {@link Context.runMaintenance} asks it again. An API token or personal
   * access token is only deleted here. The user has to revoke it at the service. Throws {@link StoreError}; call again to go on.
   */
  async disconnect(provider: ProviderId): Promise<EndedConnection> {
    return await (await this.#calls()).disconnect(provider);
  }

  /** Goes on with a disconnect that crashed. Does nothing otherwise; false if another process is at it. */
  static async finishDisconnect(connections: Connections, provider: ProviderId): Promise<boolean> {
    return await (await connections.#calls()).finishDisconnect(provider);
  }
}
