import type { ToolAnswer } from './answer.ts';
import type { InputSchema } from './input/input-schema.ts';
import type { ToolName } from './input/inputs.ts';

/**
 * What a tool does to the world: `read` changes nothing, `write` can be undone, `destructive` takes something away, `outbound` reaches
 * other people and can't be taken back.
 */
export type ToolEffect = 'read' | 'write' | 'destructive' | 'outbound';

/** How a call is made. */
export interface ExecuteOptions {
  signal?: AbortSignal | undefined;
  /** The same, under the AI SDK's name. */
  abortSignal?: AbortSignal | undefined;
}

/** One tool of an assistant. */
export interface ContextTool {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  readonly effect: ToolEffect;
  readonly inputSchema: InputSchema;
  /** As MCP defines them (https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations). */
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  /**
   * Validates the input and runs the tool. Resolves with an answer also for invalid inputs, missing connections and failures of
   * services. Rejects with the signal's reason, and for errors that are not this SDK's.
   */
  readonly execute: (input: unknown, options?: ExecuteOptions) => Promise<ToolAnswer>;
}
