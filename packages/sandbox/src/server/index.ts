export { serveSandbox } from './serve.ts';
export type { SandboxServer, ServeOptions } from './serve.ts';
