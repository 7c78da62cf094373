export * from '@context-sdk/ticktick-client';
