// Opens an encrypted wallet with what the official client opens it with. Arguments: folder of the library, the file, its password; prints the private key.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [library, file, password] = process.argv.slice(2);
const { Wallet } = createRequire(join(library, 'index.js'))('ethers');
const { privateKey } = await Wallet.fromEncryptedJson(readFileSync(file, 'utf8'), password);
console.log(JSON.stringify({ privateKey }));
