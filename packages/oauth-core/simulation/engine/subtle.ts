import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';

const TAG_BYTES = 16;

interface HkdfParameters {
  readonly salt: Uint8Array;
  readonly info: Uint8Array;
}

interface GcmParameters {
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array;
}

/**
 * What the package uses of WebCrypto, at once: real threads would take most of a history's time, and end in an order that no
 * seed gives. A key is its bytes.
 */
export const SUBTLE = {
  digest(algorithm: string, data: Uint8Array): ArrayBufferLike {
    return buffer(createHash(algorithm.replace('-', '').toLowerCase()).update(data).digest());
  },
  importKey(_format: string, material: Uint8Array): Uint8Array {
    return material;
  },
  deriveKey({ salt, info }: HkdfParameters, root: Uint8Array): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', root, salt, info, 32));
  },
  encrypt({ iv, additionalData }: GcmParameters, key: Uint8Array, plaintext: Uint8Array): ArrayBufferLike {
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(additionalData);
    return buffer(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
  },
  decrypt({ iv, additionalData }: GcmParameters, key: Uint8Array, sealed: Uint8Array): ArrayBufferLike {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(additionalData);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return buffer(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]));
  },
};

function buffer(bytes: Uint8Array): ArrayBufferLike {
  return new Uint8Array(bytes).buffer;
}
