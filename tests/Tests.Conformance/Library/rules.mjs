// What the official client says to values of users. Arguments: folder of the library, a file with [[rule, value], …]; prints [{value} | {name, message}, …].
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const [library, file] = process.argv.slice(2);
const { array } = await import(pathToFileURL(createRequire(join(library, '../package.json')).resolve('yup')).href);
const rules = await import(pathToFileURL(join(library, '../common/utils/validator.js')).href);
// Strict, as before an order is signed; the provider that is left out is put in when an order is made.
const inside = (isTee) => (value) => rules.objParamsSchema().validate({ iexec_result_storage_provider: 'ipfs', ...value }, { strict: true, context: { isTee } });
const by = (schema) => (value) => schema.validate(value);
const validate = {
  nRlc: by(rules.nRlcAmountSchema().required()),
  rlc: by(rules.nRlcAmountSchema({ defaultUnit: 'RLC' }).required()),
  wei: by(rules.weiAmountSchema().required()),
  ether: by(rules.weiAmountSchema({ defaultUnit: 'ether' }).required()),
  address: by(rules.addressSchema().required()),
  bytes32: by(rules.bytes32Schema().required()),
  uint256: by(rules.uint256Schema().required()),
  datasetTag: by(rules.tagSchema({ allowAgnosticTee: true, ignoreLegacyTeeFramework: true }).required()),
  tag: by(rules.tagSchema().required()),
  datasetKey: by(rules.base64Encoded256bitsKeySchema().required()),
  multiaddr: async (value) => `0x${Buffer.from(await rules.multiaddressSchema().required().validate(value)).toString('hex')}`,
  app: by(rules.appSchema()),
  dataset: by(rules.datasetSchema()),
  workerpool: by(rules.workerpoolSchema()),
  category: by(rules.categorySchema()),
  apporder: by(rules.apporderSchema()),
  datasetorder: by(rules.datasetorderSchema()),
  workerpoolorder: by(rules.workerpoolorderSchema()),
  requestorder: by(rules.requestorderSchema()),
  signedApporder: by(rules.signedApporderSchema()),
  signedDatasetorder: by(rules.signedDatasetorderSchema()),
  signedWorkerpoolorder: by(rules.signedWorkerpoolorderSchema()),
  signedRequestorder: by(rules.signedRequestorderSchema()),
  bulk: by(array().of(rules.signedDatasetorderBulkSchema().stripUnknown()).required().min(1).label('datasetorders')),
  maxDatasetPerTask: by(rules.positiveStrictIntSchema().max(100).label('maxDatasetPerTask')),
  storageProvider: by(rules.storageProviderSchema()),
  paramsText: by(rules.paramsSchema()),
  params: inside(false),
  teeParams: inside(true),
};

const answers = [];
for (const [rule, value] of JSON.parse(readFileSync(file, 'utf8'))) {
  try {
    answers.push({ value: await validate[rule](value) });
  } catch ({ name, message }) {
    answers.push({ name, message });
  }
}

console.log(JSON.stringify(answers));
