import { sqliteStore } from '@context-sdk/context/sqlite';

const store = sqliteStore(':memory:');
await store.compareAndSet('key', undefined, 'value');
console.log((await store.get('key')).value);
