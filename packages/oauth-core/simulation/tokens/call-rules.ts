import type { Backend } from '../engine/backend.ts';
import type { Findings } from '../engine/findings.ts';
import type { SimProcess } from '../engine/sim-process.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import type { Grant, Grants } from './grants.ts';
import type { TokenConfig } from './history.ts';
import type { TokenRule } from './rules.ts';

/** How long other processes may trust what they know, in milliseconds. */
const TRUST_MS = 31_500;

/** How long they go on without a store that fails, in milliseconds. */
const AWAY_MS = 6000;

/** A save() or revoke() that has returned. */
interface Change {
  readonly at: number;
  readonly process: SimProcess;
  readonly grant: Grant;
}

/** One call of revoke(). */
export interface RevokeCall {
  readonly process: SimProcess;
  readonly startedAt: number;
  /** What was stored when the call began. */
  readonly grantId: string | undefined;
  endedAt: number | undefined;
  hasFailed: boolean;
}

/** One call of getAccessToken(). */
export interface TokenCall {
  readonly process: SimProcess;
  readonly startedAt: number;
  readonly rejected: string | undefined;
  /** The token that this process got last, before the call. */
  readonly seen: string | undefined;
}

/** What callers may get. */
export class CallRules {
  readonly #config: TokenConfig;
  readonly #backend: Backend;
  readonly #server: AuthorizationServer;
  readonly #grants: Grants;
  readonly #findings: Findings;
  readonly #saves: Change[] = [];
  readonly #ends: Change[] = [];
  readonly #revokes: RevokeCall[] = [];

  constructor(
    config: TokenConfig,
    backend: Backend,
    server: AuthorizationServer,
    grants: Grants,
    findings: Findings,
  ) {
    this.#config = config;
    this.#backend = backend;
    this.#server = server;
    this.#grants = grants;
    this.#findings = findings;
  }

  onToken(token: string, call: TokenCall): void {
    const { world } = this.#backend;
    const grant = this.#grants.of(token);
    if (grant === undefined) return this.#violate('not-stored', token);
    if (token === call.rejected) this.#violate('rejected-again', token);
    for (const end of this.#ends)
      if (end.grant === grant) this.#checkChange(end, call, 'revoked-served', token);
    for (const save of this.#saves)
      if (save.grant.order > grant.order) this.#checkChange(save, call, 'save-lost', token);
    const isRight = this.#config.skewMs.every((ms) => ms === 0) && !this.#wasFrozen(call);
    const overMs = world.now - (this.#server.access(token)?.expiresAt ?? Number.POSITIVE_INFINITY);
    if (isRight && call.rejected === undefined && overMs > 50)
      this.#violate('dead-token-served', `${token} ended ${overMs.toFixed()} ms ago`);
  }

  onFailure(error: Error, call: TokenCall): void {
    const { current } = this.#grants;
    if (call.rejected !== undefined || error.name === 'AbortError' || this.#wasFrozen(call)) return;
    if (current === undefined || current.tokenSet.accessToken !== call.seen) return;
    if (current.ended !== undefined || current.rejectedAt !== undefined) return;
    const now = call.process.wallClock();
    const reserveMs = Math.min(5000, this.#config.lifetimeMs * 0.05) + 50;
    const isUnexpired = (current.tokenSet.expiresAt ?? Number.POSITIVE_INFINITY) - now > reserveMs;
    // Where clocks differ, a process may know better than its clock that a token has ended.
    const endsAt = this.#server.access(current.tokenSet.accessToken)?.expiresAt ?? Number.POSITIVE_INFINITY;
    const isAlive = endsAt > this.#backend.world.now;
    if (isAlive && isUnexpired && now > current.tokenSet.obtainedAt - 60_000)
      this.#violate('failed-while-good', `${call.seen} is good, yet ${error.name}: ${error.message}`);
  }

  onSaved(accessToken: string, process: SimProcess): void {
    const grant = this.#grants.of(accessToken);
    if (grant === undefined) return this.#violate('save-not-stored', accessToken);
    this.#saves.push({ at: this.#backend.world.now, process, grant });
  }

  onRevoke(process: SimProcess): RevokeCall {
    const startedAt = this.#backend.world.now;
    const grantId = this.#grants.current?.grantId;
    const call: RevokeCall = { process, startedAt, grantId, endedAt: undefined, hasFailed: false };
    this.#revokes.push(call);
    return call;
  }

  /** What has been ended since the call began is what it has ended. */
  onRevoked(call: RevokeCall): void {
    const { process, startedAt } = call;
    call.endedAt = this.#backend.world.now;
    for (const grant of this.#grants.all.values()) {
      // A later sign-in is ended by a later call, which may not have returned.
      const isOlder = grant.begunAt < startedAt;
      if (!isOlder || grant.revoked?.by !== process || grant.revoked.at < startedAt) continue;
      this.#ends.push({ at: this.#backend.world.now, process, grant });
      if (!this.#isRevokedByAll(grant)) continue;
      const last = grant.family?.lastRedemption;
      const isKnown = last?.isDelivered === true && !last.by.isDead;
      const isStored = last?.access !== undefined && this.#grants.of(last.access.token) !== undefined;
      if (
        grant.family?.isAlive === true &&
        isKnown &&
        isStored &&
        last.by.frozenMs(last.at, this.#backend.world.now) === 0
      )
        this.#violate('alive-after-revoke', last.access?.token ?? '');
    }
  }

  /** When everything has settled: whoever lives and held tokens that were not stored has noticed by now. */
  onEnd(): void {
    for (const { grant } of this.#ends.filter((end) => this.#isRevokedByAll(end.grant))) {
      const last = grant.family?.lastRedemption;
      if (grant.family?.isAlive === true && last?.isDelivered === true && !last.by.isDead)
        this.#violate('alive-after-revoke', `${last.access?.token ?? ''} at the end`);
    }
  }

  onRevokeFailed(error: Error, call: RevokeCall): void {
    call.endedAt = this.#backend.world.now;
    call.hasFailed = true;
    const { grantId } = call;
    const { current } = this.#grants;
    if (error.name === 'StoreError' || current === undefined || current.grantId !== grantId) return;
    if (current.ended === undefined) this.#violate('revoke-undone', `${error.name}: ${error.message}`);
  }

  /** Of calls in one process at a time nothing tells which of them ended the grant: all that may have done it have to return. */
  #isRevokedByAll({ revoked }: Grant): boolean {
    const { by, at = 0 } = revoked ?? {};
    return this.#revokes
      .filter(({ process, startedAt, endedAt = at }) => process === by && startedAt <= at && endedAt >= at)
      .every(({ endedAt, hasFailed }) => endedAt !== undefined && !hasFailed);
  }

  #checkChange(
    { at, process }: Change,
    call: TokenCall,
    rule: 'revoked-served' | 'save-lost',
    token: string,
  ): void {
    const sinceMs = call.startedAt - at;
    const text = `${token} ${sinceMs.toFixed()} ms after that in ${process.name}`;
    if (process === call.process && sinceMs > 0) this.#violate(rule, text);
    else if (sinceMs > TRUST_MS && this.#isInTouch(call, at)) this.#violate(`${rule}-elsewhere`, text);
  }

  /** Whether the process could hear of what happened then: nothing kept it or its store. */
  #isInTouch({ process, startedAt }: TokenCall, since: number): boolean {
    const { kind, latency } = this.#config;
    return (
      latency !== 'wild' &&
      kind !== 'store' &&
      kind !== 'all' &&
      !this.#backend.wasFaulty(startedAt - AWAY_MS, this.#backend.world.now) &&
      process.frozenMs(since, this.#backend.world.now) === 0
    );
  }

  #wasFrozen({ process, startedAt }: TokenCall): boolean {
    return process.frozenMs(startedAt - 100, this.#backend.world.now) > 0;
  }

  #violate(rule: TokenRule, text: string): void {
    this.#findings.violate(rule, text);
  }
}
