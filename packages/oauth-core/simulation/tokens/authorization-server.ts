import { Random } from '../engine/random.ts';
import type { SimProcess } from '../engine/sim-process.ts';
import type { World } from '../engine/world.ts';

export interface ServerOptions {
  readonly lifetimeMs: number;
  /** Whether a refresh brings a new refresh token. */
  readonly rotation: 'always' | 'never' | 'sometimes';
  /** A second use of a refresh token ends its family, is refused, or is good again for 30 s if it was the last. */
  readonly reuse: 'kill' | 'refuse' | 'grace';
  /** Whether revoking a spent refresh token ends its family. */
  readonly revokeSpent: boolean;
}

/** All tokens that came of one sign-in. */
export interface Family {
  isAlive: boolean;
  refreshToken: string | undefined;
  readonly accessTokens: AccessToken[];
  lastRedemption: Redemption | undefined;
}

export interface AccessToken {
  readonly token: string;
  readonly number: number;
  readonly family: Family;
  readonly expiresAt: number;
}

interface RefreshToken {
  readonly family: Family;
  spentAt: number | undefined;
}

/** One refresh that arrived. */
export interface Redemption {
  readonly token: string;
  readonly by: SimProcess;
  readonly at: number;
  /** Its sender had given up. */
  readonly isLate: boolean;
  readonly wasSpent: boolean;
  readonly wasAlive: boolean;
  access: AccessToken | undefined;
  isRotated: boolean;
  isDelivered: boolean;
}

export interface ServerAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

const GRACE_MS = 30_000;
const REFUSED: ServerAnswer = { status: 400, body: { error: 'invalid_grant' } };

/** A provider that issues, rotates and revokes tokens, and notices the reuse of spent ones. */
export class AuthorizationServer {
  readonly world: World;
  readonly options: ServerOptions;
  onRedeem: (redemption: Redemption, earlier: readonly Redemption[]) => void = () => undefined;
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #redemptions: Redemption[] = [];
  #issued = 0;

  constructor(world: World, options: ServerOptions) {
    this.world = world;
    this.options = options;
  }

  access(token: string): AccessToken | undefined {
    return this.#accessTokens.get(token);
  }

  /** Whether a refresh with this token would succeed. */
  isGood(refreshToken: string | undefined): boolean {
    const known = refreshToken === undefined ? undefined : this.#refreshTokens.get(refreshToken);
    return known !== undefined && known.family.isAlive && known.spentAt === undefined;
  }

  signIn(withRefreshToken: boolean): { access: AccessToken; refreshToken: string | undefined } {
    const family: Family = {
      isAlive: true,
      refreshToken: undefined,
      accessTokens: [],
      lastRedemption: undefined,
    };
    const access = this.#issue(family, withRefreshToken);
    return { access, refreshToken: family.refreshToken };
  }

  redeem(token: string, by: SimProcess, isLate: boolean): { answer: ServerAnswer; redemption: Redemption } {
    const known = this.#refreshTokens.get(token);
    const earlier = this.#redemptions.filter((redemption) => redemption.token === token);
    const redemption: Redemption = {
      token,
      by,
      at: this.world.now,
      isLate,
      access: undefined,
      isRotated: false,
      isDelivered: false,
      wasSpent: known?.spentAt !== undefined,
      wasAlive: known?.family.isAlive === true,
    };
    this.#redemptions.push(redemption);
    const answer = known?.family.isAlive === true ? this.#accept(known, redemption) : REFUSED;
    this.onRedeem(redemption, earlier);
    return { answer, redemption };
  }

  revoke(token: string): void {
    const refresh = this.#refreshTokens.get(token);
    if (refresh !== undefined && (refresh.spentAt === undefined || this.options.revokeSpent))
      refresh.family.isAlive = false;
  }

  #accept(known: RefreshToken, redemption: Redemption): ServerAnswer {
    const { family, spentAt } = known;
    const { rotation, reuse, lifetimeMs } = this.options;
    const isInGrace = spentAt !== undefined && reuse === 'grace' && this.world.now - spentAt < GRACE_MS;
    if (spentAt !== undefined && !isInGrace) {
      if (reuse !== 'refuse') family.isAlive = false;
      return REFUSED;
    }
    const isRotated = !isInGrace && (rotation === 'always' || (rotation === 'sometimes' && this.#flip()));
    redemption.isRotated = isRotated;
    redemption.access = this.#issue(family, isRotated);
    family.lastRedemption = redemption;
    const body = {
      access_token: redemption.access.token,
      token_type: 'bearer',
      expires_in: lifetimeMs / 1000,
    };
    const refreshToken = isRotated || isInGrace ? { refresh_token: family.refreshToken } : {};
    return { status: 200, body: { ...body, ...refreshToken } };
  }

  #flip(): boolean {
    return new Random(this.world.seed, `rotate/${this.#issued}`).chance(0.5);
  }

  #issue(family: Family, withRefreshToken: boolean): AccessToken {
    const number = (this.#issued += 1);
    const expiresAt = this.world.now + this.options.lifetimeMs;
    const access: AccessToken = { token: `AT${number}`, number, family, expiresAt };
    this.#accessTokens.set(access.token, access);
    family.accessTokens.push(access);
    if (!withRefreshToken) return access;
    const before =
      family.refreshToken === undefined ? undefined : this.#refreshTokens.get(family.refreshToken);
    if (before !== undefined) before.spentAt = this.world.now;
    family.refreshToken = `RT${number}`;
    this.#refreshTokens.set(family.refreshToken, { family, spentAt: undefined });
    return access;
  }
}
