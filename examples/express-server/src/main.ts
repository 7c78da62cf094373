import { ContextSdkError } from '@context-sdk/context';
import { start } from './start.ts';

try {
  const { url } = await start(process.env);
  console.log(`Open ${url}/`);
} catch (error) {
  if (!(error instanceof ContextSdkError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
