export * from '@context-sdk/ado-client';
