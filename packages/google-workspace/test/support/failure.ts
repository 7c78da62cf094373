export { failure } from '@context-sdk/test-support';
