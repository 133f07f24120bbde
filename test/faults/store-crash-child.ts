/**
 * Writes batches into a store until it is killed, and acknowledges each on its standard output once it is written:
 * `number firstSeq lastSeq`. Each batch inserts ten documents, updates some of the batch before, and deletes one;
 * every third one writes two collections together. Arguments: folder, number of the first batch.
 */
import { writeSync } from 'node:fs'
import { atomicBatch, BATCH_ROWS, openStore } from './store-crash-batches.ts'

const [folder = '', first = '0'] = process.argv.slice(2)
const store = await openStore(folder)
writeSync(1, 'open\n')
for (let batch = Number(first); ; batch++) {
  const { from, to } = await atomicBatch(store, batch)
  writeSync(1, `${batch} ${from} ${to} ${BATCH_ROWS}\n`)
}
