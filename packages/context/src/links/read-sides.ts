import { type CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import { UserClients } from '../connections/user-clients.ts';
import type { CompleteRules, SideKind } from '../options/links-options.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { BlockRecords } from '../time-blocks/block-records.ts';
import type { BlockTimeOptions, OnTaskChange } from '../time-blocks/time-block.ts';
import type { LinkOwners } from './link-owners.ts';
import type { LinkRecord } from './link-record.ts';
import type { SideState } from './link-state.ts';
import type { SyncedLink } from './link.ts';
import { sideOf } from './reconcile.ts';
import { blockSideId, readBlockSide } from './sides/block-side.ts';
import { readDraftSide } from './sides/draft-side.ts';
import type { Side } from './sides/side.ts';
import { goneTask, readTaskSide } from './sides/task-side.ts';
import { readWorkItemSide } from './sides/work-item-side.ts';

/** Options for the requests to each provider. Those of one synchronization are pinned to one grant. */
export type PinnedCalls = Record<ProviderId, CallOptions>;

/**
 * Pins the requests to the grants of now. Called before the accounts are read, so that what was decided for one account isn't
 * sent to the next one. A provider whose grant can't be read isn't pinned: its requests fail with the reason.
 */
export async function pinnedCalls(clients: UserClients, call: CallOptions): Promise<PinnedCalls> {
  const callAt = async (provider: ProviderId): Promise<CallOptions> => {
    try {
      return { ...call, grantId: await UserClients.grantIdAt(clients, provider, call.signal) };
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!(error instanceof ContextSdkError)) throw error;
      return call;
    }
  };
  const [ticktick, google, azureDevOps] = await Promise.all([
    callAt('ticktick'),
    callAt('google'),
    callAt('azure-devops'),
  ]);
  return { ticktick, google, 'azure-devops': azureDevOps };
}

/** What sides are read with. */
export interface SideReader {
  clients: UserClients;
  blocks: BlockRecords;
  owners: LinkOwners;
  rules: CompleteRules;
  onTaskChange: OnTaskChange;
  calls: PinnedCalls;
}

/** The sides of a link as they are now, and those that could not be read: they take no part. */
export interface ReadSides {
  task: Side;
  others: Side[];
  /** The ids of the blocks that the task has. */
  blockIds: string[];
  failures: SyncedLink['failures'];
}

/** Reads all sides that belong to accounts that are connected. Rejects if the task can't be read. */
export async function readSides(reader: SideReader, record: LinkRecord): Promise<ReadSides> {
  const { clients, owners, rules, calls } = reader;
  const { taskId, projectId, isDeleted } = record;
  const { ticktick: owner } = owners;
  const task = isDeleted
    ? goneTask({ owner }, taskId)
    : await readTaskSide(
        { ticktick: clients.ticktick, owner, call: calls.ticktick },
        taskId,
        projectId,
        sideOf(record.sides, { kind: 'task', id: taskId }),
      );
  const failures: SyncedLink['failures'] = [];
  const read = async (kind: SideKind, id: string, reading: () => Promise<Side>): Promise<Side[]> => {
    try {
      return [await reading()];
    } catch (error) {
      calls.ticktick.signal?.throwIfAborted();
      if (!(error instanceof ContextSdkError)) throw error;
      failures.push({ side: kind, id, error });
      return [];
    }
  };
  const places = await blockPlaces(reader, taskId);
  const ofGoogle = { owner: owners.google ?? '', call: calls.google };
  const reading = [
    ...places.map((place) =>
      read('block', blockSideId(place), () =>
        readBlockSide({ ...ofGoogle, calendar: clients.calendar }, place, taskId),
      ),
    ),
    ...record.sides.map(async (side): Promise<Side[]> => {
      if (isOf(side, 'draft', owners.google)) {
        return await read('draft', side.id, () =>
          readDraftSide({ ...ofGoogle, gmail: clients.gmail }, side.id),
        );
      }
      if (!isOf(side, 'work-item', owners.azureDevOps)) return [];
      return await read('work-item', side.id, async () => {
        const azureDevOps = await clients.azureDevOps();
        const call = calls['azure-devops'];
        const parts = { azureDevOps, owner: side.owner, hasDue: rules.due !== 'off', task, call };
        return await readWorkItemSide(parts, side.id, side);
      });
    }),
  ];
  const others = (await Promise.all(reading)).flat();
  return { task, others, blockIds: places.map(blockSideId), failures };
}

function isOf(side: SideState, kind: SideKind, owner: string | undefined): boolean {
  return side.kind === kind && side.owner === owner;
}

/** Where the blocks are that follow the task's title. Those with a title of their own don't. */
async function blockPlaces({ blocks, owners, onTaskChange }: SideReader, taskId: string) {
  if (owners.google === undefined) return [];
  const { places, wish } = await blocks.read(owners.google, taskId);
  const { title } = (wish?.options ?? {}) as Pick<BlockTimeOptions, 'title'>;
  const follows = (wish?.onTaskChange ?? onTaskChange) === 'follow';
  return follows && title === undefined ? places : [];
}
