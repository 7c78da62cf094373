import type { TokenRecord } from '../../src/tokens/token-record.ts';
import type { Write } from '../engine/backend.ts';
import type { Findings } from '../engine/findings.ts';
import type { SimProcess } from '../engine/sim-process.ts';
import type { AuthorizationServer, Family } from './authorization-server.ts';
import type { TokenRule } from './rules.ts';

/** One sign-in, as the store saw it. */
export interface Grant {
  /** Later sign-ins have greater numbers. */
  readonly order: number;
  readonly family: Family | undefined;
  readonly begunAt: number;
  isReplaced: boolean;
  /** The end by revoke(): when, and in which process. */
  revoked: { readonly at: number; readonly by: SimProcess } | undefined;
}

/** Tokens that a refresh has stored in place of others of their grant. */
interface StoredRefresh {
  readonly at: number;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** The access token that they replaced. */
  readonly replaced: string;
}

/** The store's history of one connection, and what no write may do to it. */
export class Grants {
  /** What is stored now. */
  current: TokenRecord | undefined;
  readonly all: Map<string, Grant> = new Map();
  /** The last refresh whose tokens were stored, where nothing replaced them. */
  lastRefresh: StoredRefresh | undefined;
  readonly #byToken = new Map<string, Grant>();
  readonly #server: AuthorizationServer;
  readonly #findings: Findings;

  constructor(server: AuthorizationServer, findings: Findings) {
    this.#server = server;
    this.#findings = findings;
  }

  /** The grant with which a token was stored. */
  of(accessToken: string): Grant | undefined {
    return this.#byToken.get(accessToken);
  }

  onWrite({ before, after, by }: Write): void {
    const was = recordIn(before);
    const is = recordIn(after);
    this.current = is;
    if (was !== undefined && was.grantId !== is?.grantId) this.#replace(was.grantId);
    if (is === undefined) return;
    const grant = this.all.get(is.grantId) ?? this.#begin(is);
    if (grant.isReplaced) this.#violate('old-grant-came-back', `${describe(is)} by ${by.name}`);
    if (was?.grantId === is.grantId) this.#compare(was, is, by.name);
    this.#byToken.set(is.tokenSet.accessToken, grant);
    if (is.ended === 'revoked') grant.revoked ??= { at: this.#server.world.now, by };
    if (was?.tokenSet.accessToken === is.tokenSet.accessToken) return;
    this.lastRefresh = undefined;
    if (was?.grantId !== is.grantId) return;
    const { accessToken, refreshToken } = is.tokenSet;
    const replaced = was.tokenSet.accessToken;
    this.lastRefresh = { at: this.#server.world.now, accessToken, refreshToken, replaced };
  }

  #begin(record: TokenRecord): Grant {
    const family = this.#server.access(record.tokenSet.accessToken)?.family;
    const begunAt = this.#server.world.now;
    const grant = { order: this.all.size, family, begunAt, isReplaced: false, revoked: undefined };
    this.all.set(record.grantId, grant);
    return grant;
  }

  #replace(grantId: string): void {
    const grant = this.all.get(grantId);
    if (grant !== undefined) grant.isReplaced = true;
  }

  #compare(was: TokenRecord, is: TokenRecord, by: string): void {
    const change = `${describe(was)} to ${describe(is)} by ${by}`;
    const numberOf = ({ tokenSet }: TokenRecord): number =>
      this.#server.access(tokenSet.accessToken)?.number ?? 0;
    if (numberOf(is) < numberOf(was)) this.#violate('older-overwrites-newer', change);
    if (was.tokenSet.refreshToken !== undefined && is.tokenSet.refreshToken === undefined)
      this.#violate('refresh-token-dropped', change);
    const cameBack = was.ended !== undefined && is.ended === undefined;
    const wasWrittenBack = was.ended === 'refresh-lost' && numberOf(is) > numberOf(was);
    if (cameBack && !wasWrittenBack) this.#violate('ended-came-back', change);
    if (cameBack && wasWrittenBack) this.#findings.count('written back');
  }

  #violate(rule: TokenRule, text: string): void {
    this.#findings.violate(rule, text);
  }
}

function recordIn(text: string | undefined): TokenRecord | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as { data?: TokenRecord }).data;
}

export function describe({ grantId, tokenSet, ended }: TokenRecord): string {
  const { accessToken, refreshToken = '-' } = tokenSet;
  return `${grantId.slice(0, 4)} ${accessToken}/${refreshToken}${ended === undefined ? '' : ` ended: ${ended}`}`;
}
