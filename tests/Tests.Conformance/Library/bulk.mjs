// Bulk orders, which only the library has: the dataset orders go to IPFS in slices. Arguments: folder of the library, private key, services as JSON.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [library, key, services] = process.argv.slice(2);
const { host, options } = JSON.parse(services);
const { IExec, utils } = await import(pathToFileURL(join(library, 'index.js')).href);
const iexec = new IExec(
  { ethProvider: utils.getSignerFromPrivateKey(host, key, { allowExperimentalNetworks: true }) },
  options,
);
const owner = await iexec.wallet.getAddress();
const orders = [];
for (const name of ['first', 'second']) {
  const { address } = await iexec.dataset.deployDataset({ owner, name, multiaddr: '/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ', checksum: `0x${'11'.repeat(32)}` });
  await iexec.dataset.pushDatasetSecret(address, iexec.dataset.generateEncryptionKey());
  const order = await iexec.order.createDatasetorder({ dataset: address, volume: utils.DATASET_INFINITE_VOLUME, tag: ['tee', 'tdx'] });
  const signed = await iexec.order.signDatasetorder(order);
  await iexec.order.publishDatasetorder(signed);
  orders.push(signed);
}

const book = await iexec.orderbook.fetchDatasetOrderbook({ datasetOwner: owner, bulkOnly: true });
const { cid, volume } = await iexec.order.prepareDatasetBulk(orders, { maxDatasetPerTask: 1 });
console.log(JSON.stringify({ count: book.count, bulk: book.orders[0].bulk, cid, volume }));
