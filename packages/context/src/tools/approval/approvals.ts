import { InvalidRequestError, type RecordStore } from '@context-sdk/oauth-core';
import { isObject, isTimeZone, parseJsonObject, sha256 } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../../options/provider-id.ts';
import { deleteIfUnreadable, updateJson } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { keysUnder } from '../../records/list-keys.ts';
import { recordsUnder } from '../../records/read-under.ts';
import { isText, isTime, shapeOf } from '../../records/shape.ts';
import { randomToken } from '../../utils/text.ts';
import type { ToolName } from '../input/inputs.ts';
import type { ToolEffect } from '../tool.ts';
import { canRunWith } from './approved-arguments.ts';

/** How long a person has to approve. */
const APPROVAL_MS = 15 * 60_000;

/** A write that waits for a person. */
export interface PendingApproval {
  /** Names it for the model. It approves nothing. */
  id: string;
  /** Approves it, once. For the host's page: never give it to a model. */
  token: string;
  tool: ToolName;
  effect: ToolEffect;
  provider: ProviderId;
  /** What will be, in words for a person. What services and other people wrote is data in it. */
  description: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** With what runs once it is approved. */
export interface StoredApproval extends PendingApproval {
  arguments: object;
  timeZone: string;
  /** The grant that it was prepared with. */
  grantId: string;
  /** Under which id it is recorded once it begins, whoever begins it. Earlier versions wrote none. */
  action?: string;
}

/** A write that a token approves. */
export interface FoundApproval {
  approval: StoredApproval;
  /** Takes it, so that nobody can take it again. Throws {@link InvalidRequestError} if somebody has. */
  take: () => Promise<void>;
}

const APPROVAL = shapeOf(
  {
    id: isText,
    token: isText,
    tool: isText,
    effect: isText,
    provider: isText,
    description: isText,
    expiresAt: isTime,
    arguments: isObject,
    timeZone: isTimeZone,
    grantId: isText,
  },
  { action: isText },
);

/** Whether a record is that of a write which waits. */
export function isStoredApproval(value: unknown): value is StoredApproval {
  return APPROVAL(value) && canRunWith((value as StoredApproval).tool, (value as StoredApproval).arguments);
}

/** What waits for one user. The store ends it: by its own clock, whatever those of the machines say. */
export class Approvals {
  readonly #store: RecordStore;
  readonly #userId: string;

  constructor(store: RecordStore, userId: string) {
    this.#store = store;
    this.#userId = userId;
  }

  /** Stores a write. The same write, asked for again while it waits, is the same approval. */
  async add(write: Omit<StoredApproval, 'id' | 'token' | 'expiresAt'>): Promise<StoredApproval> {
    const hash = await sha256(JSON.stringify([write.tool, write.arguments, write.grantId]));
    const id = `p${hash.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 12)}`;
    const key = keys.toolApproval(this.#userId, write.provider, id);
    const approval = { ...write, id, token: `${id}.${randomToken()}`, expiresAt: Date.now() + APPROVAL_MS };
    let stored = approval;
    await deleteIfUnreadable(this.#store, key);
    // Of two calls at once, both get the token that counts.
    await updateJson<StoredApproval>(
      this.#store,
      key,
      (waiting) => {
        const isWaiting = isStoredApproval(waiting);
        stored = isWaiting ? waiting : approval;
        return isWaiting ? undefined : approval;
      },
      { ttlMs: APPROVAL_MS },
    );
    return stored;
  }

  async remove({ provider, id }: Pick<StoredApproval, 'provider' | 'id'>): Promise<void> {
    await this.#store.delete(keys.toolApproval(this.#userId, provider, id));
  }

  /** All that wait, those that end first at the front. */
  async list(): Promise<PendingApproval[]> {
    const approvals: StoredApproval[] = [];
    const prefix = keys.toolApprovals(this.#userId);
    for await (const { value } of recordsUnder(this.#store, prefix))
      if (isStoredApproval(value)) approvals.push(value);
    return approvals.toSorted((a, b) => a.expiresAt - b.expiresAt).map(pendingOf);
  }

  /** The write that a token approves. Throws {@link InvalidRequestError} for one that is no longer valid. */
  async find(token: string): Promise<FoundApproval> {
    const [id = ''] = typeof token === 'string' ? token.split('.') : [];
    for await (const key of keysUnder(this.#store, keys.toolApprovals(this.#userId))) {
      if (id === '' || !key.endsWith(`/${id}`)) continue;
      const record = await this.#store.get(key);
      const approval = parseJsonObject(record?.value ?? '');
      if (record === undefined || !isStoredApproval(approval)) break;
      if ((await sha256(approval.token)) !== (await sha256(token))) break;
      const take = async (): Promise<void> => {
        if (!(await this.#store.delete(key, record.version))) throw invalidToken();
      };
      return { approval, take };
    }
    throw invalidToken();
  }
}

function invalidToken(): InvalidRequestError {
  return new InvalidRequestError('token is unknown, used or expired.', { field: 'token' });
}

/** What the host sees of it. */
export function pendingOf(approval: StoredApproval): PendingApproval {
  const { id, token, tool, effect, provider, description } = approval;
  // Another machine's clock may have written it.
  const now = Date.now();
  const expiresAt = Math.min(Math.max(approval.expiresAt, now), now + APPROVAL_MS);
  return { id, token, tool, effect, provider, description, expiresAt };
}
