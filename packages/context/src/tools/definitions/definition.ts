import type { CallOptions } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import type { User } from '../../users/user.ts';
import type { UndoStep } from '../actions/undo-step.ts';
import type { Handles } from '../handles/handles.ts';
import type { ToolInputs, ToolName } from '../input/inputs.ts';
import type { Target, View } from '../text/view.ts';
import type { ToolEffect } from '../tool.ts';

/** What a tool works with during one call. */
export interface ToolCall {
  user: User;
  options: ResolvedOptions;
  timeZone: string;
  handles: Handles;
  call: CallOptions;
  /** Remembers that the model has read what strangers may have written. */
  taint: () => void;
  /** The same if others may have written one of these tasks: in a list that is shared. */
  taintByTasks: (tasks: readonly Task[]) => Promise<void>;
  /** Names the items of a view first, and then shows them. */
  view: (targets: readonly Target[], options?: Partial<View>) => Promise<View>;
}

/** A write that is ready to run, also later and in another process. */
export interface Prepared<Frozen extends object = object> {
  provider: ProviderId;
  /** JSON. */
  arguments: Frozen;
  /** What will be, in words for a person. */
  description: string;
  /** Whether what it says, or what its answer will say, may be by others than the user. */
  isByOthers?: boolean;
}

/** What a tool proposes instead of a write: nothing is approved, and nothing is done. */
export interface Proposal {
  proposal: string;
}

/** A write that was done. */
export interface Performed {
  text: string;
  /** How to take it back, or why that can't be done. */
  undo: UndoStep | { kind: 'none'; reason: string };
}

interface Described {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  /** The tool is left out if the host configured none of these. */
  readonly providers: readonly ProviderId[];
}

/** A tool that changes nothing. */
export interface ReadDefinition extends Described {
  readonly effect: 'read';
  read(call: ToolCall, input: object): Promise<string>;
}

/** A tool that changes something. */
export interface WriteDefinition extends Described {
  readonly effect: Exclude<ToolEffect, 'read'>;
  /** Whether a second call with the same input changes nothing more. */
  readonly isIdempotent: boolean;
  /** Resolves handles, and reads what it needs to describe what will be. */
  prepare(call: ToolCall, input: object): Promise<Prepared | Proposal>;
  perform(call: ToolCall, frozen: object): Promise<Performed>;
}

/** A tool of either kind. */
export type Definition = ReadDefinition | WriteDefinition;

/** A reading tool, whose input has the type of its name. */
export function readTool<Name extends ToolName>(
  definition: Omit<ReadDefinition, 'name' | 'effect' | 'read'> & {
    name: Name;
    read(call: ToolCall, input: ToolInputs[Name]): Promise<string>;
  },
): ReadDefinition {
  const { read, ...rest } = definition;
  return { ...rest, effect: 'read', read: (call, input) => read(call, input as ToolInputs[Name]) };
}

/** A writing tool, whose input has the type of its name. */
export function writeTool<Name extends ToolName, Frozen extends object>(
  definition: Omit<WriteDefinition, 'name' | 'prepare' | 'perform'> & {
    name: Name;
    prepare(call: ToolCall, input: ToolInputs[Name]): Promise<Prepared<Frozen> | Proposal>;
    perform(call: ToolCall, frozen: Frozen): Promise<Performed>;
  },
): WriteDefinition {
  const { prepare, perform, ...rest } = definition;
  return {
    ...rest,
    prepare: (call, input) => prepare(call, input as ToolInputs[Name]),
    perform: (call, frozen) => perform(call, frozen as Frozen),
  };
}
