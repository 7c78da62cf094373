import { currentGrant } from '../../connections/current-grant.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { isHandleRecord, numberAfterLoss } from '../../records/handle-record.ts';
import { isUnreadable, readJsonIfReadable, updateJson } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import type { Target } from '../text/view.ts';

/** Of an account. Those that were not shown for the longest are forgotten, by no clock: machines' clocks differ. */
const MAX_HANDLES = 500;
/** Those that were shown last. To show them again changes nothing. */
const RECENT = MAX_HANDLES / 2;

const LETTERS: Readonly<Record<Target['kind'], string>> = {
  task: 't',
  event: 'e',
  thread: 'm',
  draft: 'd',
  plan: 'p',
};

const PROVIDERS: Readonly<Record<Target['kind'], ProviderId>> = {
  task: 'ticktick',
  event: 'google',
  thread: 'google',
  draft: 'google',
  plan: 'google',
};

const NOUNS: Readonly<Record<Target['kind'], string>> = {
  task: 'a task (t1)',
  event: 'an event (e1)',
  thread: 'a mail thread (m1)',
  draft: 'a draft (d1)',
  plan: 'a plan (p1)',
};

/** The handles of one user's items at one provider. */
interface HandleRecord {
  /** The account that the items are in. */
  owner: string;
  /** The number of the next handle. It only grows: a handle never names another item. */
  next: number;
  known: Record<string, Target>;
}

/**
 * Short names for items, such as `t12`, for one call: a model copies them without mistakes, at a fraction of the length of ids. They
 * are kept per user and account, and a handle never names another item.
 */
export class Handles {
  readonly #options: Pick<ResolvedOptions, 'store' | 'providers'>;
  readonly #userId: string;
  /** The accounts when the call began. */
  readonly #owners = new Map<ProviderId, string>();

  constructor(options: Pick<ResolvedOptions, 'store' | 'providers'>, userId: string) {
    this.#options = options;
    this.#userId = userId;
  }

  /** Notes the accounts: what the call reads has no name if its account was left meanwhile. */
  async begin(): Promise<void> {
    for (const provider of new Set(Object.values(PROVIDERS)))
      this.#owners.set(provider, await this.#ownerIfReadable(provider));
  }

  /** Whether the user has left one of the accounts since the call began. */
  async isAnyLeft(): Promise<boolean> {
    for (const [provider, owner] of this.#owners)
      if ((await this.#ownerIfReadable(provider)) !== owner) return true;
    return false;
  }

  /** Names items. Returns a function that tells the name of each; it is empty for those of an account that was left. */
  async give(targets: readonly Target[]): Promise<(target: Target) => string> {
    const names = new Map<string, string>();
    for (const provider of new Set(targets.map(({ kind }) => PROVIDERS[kind]))) {
      const owner = await this.#ownerAt(provider);
      if (owner !== this.#owners.get(provider)) continue;
      const ofProvider = targets.filter(({ kind }) => PROVIDERS[kind] === provider);
      await this.#update(keys.toolHandles(this.#userId, provider), (record, first) => {
        const isKnown = record !== undefined && record.owner === owner && areRecent(record, ofProvider);
        const named = isKnown ? record : withHandles(record, owner, ofProvider, first);
        for (const [handle, target] of Object.entries(named.known)) names.set(idOf(target), handle);
        return isKnown ? undefined : named;
      });
    }
    return (target) => names.get(idOf(target)) ?? '';
  }

  /** Names one item. */
  async giveOne(target: Target): Promise<string> {
    return (await this.give([target]))(target);
  }

  /** The item of a handle. Throws {@link InvalidRequestError} that names the field if it is unknown or names another kind of item. */
  async find(handle: string, kind: Target['kind'], field: string): Promise<Target> {
    const provider = PROVIDERS[kind];
    const name = handle.trim().toLowerCase();
    if (!new RegExp(`^${LETTERS[kind]}\\d+$`).test(name)) {
      throw invalidInput(field, `must be the handle of ${NOUNS[kind]}`);
    }
    const key = keys.toolHandles(this.#userId, provider);
    const record = await readJsonIfReadable<HandleRecord>(this.#options.store, key);
    const known =
      isHandleRecord(record) && record?.owner === (await this.#ownerAt(provider)) ? record.known : {};
    const target = Object.hasOwn(known, name) ? known[name] : undefined;
    if (target === undefined || target.kind !== kind) {
      throw invalidInput(field, `has the handle ${name}, which is not known: list or find the item again`);
    }
    return target;
  }

  /** A record that can't be read is made anew, with higher numbers: an old handle must not name another item. */
  async #update(
    key: string,
    change: (record: HandleRecord | undefined, first: number) => HandleRecord | undefined,
  ): Promise<void> {
    const { store } = this.#options;
    try {
      await updateJson<HandleRecord>(store, key, (record) => {
        const isWhole = record === undefined || isHandleRecord(record);
        return isWhole ? change(record, 1) : change(undefined, numberAfterLoss());
      });
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      await store.delete(key);
      await updateJson<HandleRecord>(store, key, (record) => change(record, numberAfterLoss()));
    }
  }

  async #ownerIfReadable(provider: ProviderId): Promise<string> {
    return await this.#ownerAt(provider).catch(() => '');
  }

  async #ownerAt(provider: ProviderId): Promise<string> {
    return (await currentGrant(this.#options, this.#userId, provider))?.owner ?? '';
  }
}

function idOf({ kind, id, within = '' }: Target): string {
  // An event has the same id in the calendar of each guest.
  return kind === 'event' ? `${kind} ${within} ${id}` : `${kind} ${id}`;
}

/** Whether all of these were shown of late, where they are now: a task may have been moved. */
function areRecent({ known }: HandleRecord, targets: readonly Target[]): boolean {
  const nameOf = (target: Target): string => `${idOf(target)} ${target.within ?? ''}`;
  const recent = new Set(Object.values(known).slice(-RECENT).map(nameOf));
  return targets.every((target) => recent.has(nameOf(target)));
}

function withHandles(
  record: HandleRecord | undefined,
  owner: string,
  targets: readonly Target[],
  first: number,
): HandleRecord {
  const isSameAccount = record?.owner === owner;
  let next = record?.next ?? first;
  const known = new Map(Object.entries(isSameAccount ? record.known : {}));
  const handles = new Map([...known].map(([handle, target]) => [idOf(target), handle]));
  for (const target of targets) {
    const handle = handles.get(idOf(target)) ?? `${LETTERS[target.kind]}${next++}`;
    handles.set(idOf(target), handle);
    known.delete(handle);
    known.set(handle, { kind: target.kind, id: target.id, within: target.within });
  }
  // The latest that were shown are at the end.
  return { owner, next, known: Object.fromEntries([...known].slice(-MAX_HANDLES)) };
}
