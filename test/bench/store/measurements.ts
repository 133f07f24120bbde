/** What is measured, and in which unit. */
export const measures = {
  bulkInsert: 'bulk insert, µs CPU a document',
  bulkUpsert: 'bulk upsert, µs CPU a document',
  patch: 'patch, µs CPU',
  findOne: 'findOne by id, µs CPU',
  listDescending: 'find of one service + sort desc + limit 50, ms CPU',
  listFirst: 'the same list, first look after re-open, ms CPU',
  listAll: 'find of all + sort desc + limit 50, ms CPU',
  count: 'count on an index, ms CPU',
  manyRows: '3,000-row query, warm, ms CPU',
  manyRowsCold: '3,000-row query, first time, ms',
  liveQuery: 'live query, insert to emission p50, ms',
  reopen: 're-open to first document, ms',
  longestBlock: 'longest block during the insert, ms',
  rss: 'RSS at the end, MB',
  fileSize: 'file size, MB',
} as const

export type Measure = keyof typeof measures
export type Measurements = Partial<Record<Measure, number>>
