// Adds a category through the official library. Arguments: folder of the library, the key that owns the categories, services as JSON. Prints its number.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [library, ownerKey, services] = process.argv.slice(2);
const { host, options } = JSON.parse(services);
const { IExec, utils } = await import(pathToFileURL(join(library, 'index.js')).href);
const iexec = new IExec({ ethProvider: utils.getSignerFromPrivateKey(host, ownerKey, { allowExperimentalNetworks: true }) }, options);
const { catid } = await iexec.hub.createCategory({ name: 'of a library', description: 'd', workClockTimeRef: 1 });
console.log(JSON.stringify({ catid: catid.toString() }));
