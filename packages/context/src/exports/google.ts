export * from '@context-sdk/google-workspace';
