// The record of `contextTools` in five hosts: each takes it by one expression, lists it, and runs one of its tools on the sandbox.
import { contextTools, type ContextTools } from '@context-sdk/context/tools';
import { DynamicStructuredTool } from '@langchain/core/tools';
import { createTool } from '@mastra/core/tools';
import { tool as agentTool } from '@openai/agents';
import { generateText, type ToolSet } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { check, startAssistant } from './assistant.ts';

const INPUT = {
  title: 'From a host',
  notes: null,
  list: null,
  day: null,
  time: null,
  priority: null,
  tags: null,
};

const { sandbox, connected } = startAssistant({ seed: 'empty', azureDevOps: { seed: 'empty' } });
const user = await connected('ada');
const tools: ContextTools = contextTools(user, { timeZone: 'Europe/Berlin' });

function created(): number {
  return sandbox.ticktick
    .testUser()
    .tasks()
    .filter(({ title }) => title === INPUT.title).length;
}

// The AI SDK: the record is a ToolSet.
const toolSet: ToolSet = tools;
const USAGE = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
let offered: readonly { name: string; inputSchema?: unknown }[] = [];
const model = new MockLanguageModelV4({
  doGenerate: async (options) => {
    offered = options.tools ?? [];
    return {
      content: [
        { type: 'tool-call', toolCallId: '1', toolName: 'create_task', input: JSON.stringify(INPUT) },
      ],
      finishReason: { unified: 'tool-calls', raw: undefined },
      usage: USAGE,
      warnings: [],
    };
  },
});
const result = await generateText({ model, tools: toolSet, prompt: 'Create a task.' });
check(
  'ai: the model is offered all tools with JSON schemas',
  offered.length === Object.keys(tools).length &&
    offered.every(({ inputSchema }) => (inputSchema as { type?: string }).type === 'object'),
);
check(
  'ai: a tool ran',
  created() === 1 && (result.toolResults[0]?.output as { status?: string } | undefined)?.status === 'ok',
);

// OpenAI Agents.
const agentTools = Object.values(tools).map((one) =>
  agentTool({
    name: one.name,
    description: one.description,
    parameters: one.inputSchema['~standard'].jsonSchema.input({ target: 'draft-07' }) as never,
    strict: true,
    execute: async (input: unknown) => (await one.execute(input)).text,
  }),
);
const agentCreate = agentTools.find(({ name }) => name === 'create_task');
const agentAnswer = await agentCreate?.invoke({} as never, JSON.stringify(INPUT));
check('@openai/agents: a tool ran', created() === 2 && String(agentAnswer).startsWith('Created'));

// LangChain.
const chainTools = Object.values(tools).map(
  (one) =>
    new DynamicStructuredTool({
      name: one.name,
      description: one.description,
      schema: one.inputSchema['~standard'].jsonSchema.input({ target: 'draft-07' }),
      func: async (input: unknown) => (await one.execute(input)).text,
    }),
);
const chainAnswer: unknown = await chainTools.find(({ name }) => name === 'create_task')?.invoke(INPUT);
check('@langchain/core: a tool ran', created() === 3 && String(chainAnswer).startsWith('Created'));

// Mastra.
const mastraTools = Object.fromEntries(
  Object.values(tools).map((one) => [
    one.name,
    createTool({
      id: one.name,
      description: one.description,
      inputSchema: one.inputSchema,
      execute: (input: unknown) => one.execute(input),
    }),
  ]),
);
const mastraAnswer: unknown = await mastraTools['create_task']?.execute?.(INPUT, {} as never);
check(
  '@mastra/core: a tool ran',
  created() === 4 && (mastraAnswer as { status?: string } | undefined)?.status === 'ok',
);
