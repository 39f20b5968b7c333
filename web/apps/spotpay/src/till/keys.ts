/** What this device is. Its private key can be used here and read nowhere, not even by this app. */
export interface Identity {
  keyId: string;
  deviceId: string;
  livemode: boolean;
  key: CryptoKey;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const STORE = 'identity';
const ONLY = 'device';

function open(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open('ferrypay-spotpay', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => failed(transaction.error);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

export async function remembered(): Promise<Identity | null> {
  return (await inStore<Identity | undefined>('readonly', (store) => store.get(ONLY))) ?? null;
}

export async function remember(identity: Identity): Promise<void> {
  await inStore('readwrite', (store) => store.put(identity, ONLY));
}

export async function forget(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(ONLY));
}

/** A fresh pair; the public half as SubjectPublicKeyInfo in Base64. */
export async function newKeys(): Promise<{ key: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  return { key: pair.privateKey, publicKey: base64(await crypto.subtle.exportKey('spki', pair.publicKey)) };
}

export function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** A random number that nobody has used, in 32 hexadecimal digits. */
export function random(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
