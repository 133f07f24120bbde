/** The documents of the store's benchmark: applications of services, 3,000 of each, some 450 bytes of JSON. */
export const PER_SERVICE = 3_000

export type BenchDocument = {
  id: string
  serviceId: string
  name: string
  state: string
  createdAt: number
  updatedAt: number
  description: string
  keys: { id: string; hint: string; createdAt: number }[]
}

export const benchSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    serviceId: { type: 'string', maxLength: 40 },
    name: { type: 'string', maxLength: 100 },
    state: { type: 'string', maxLength: 20 },
    createdAt: { type: 'integer', minimum: 0, maximum: 9_999_999_999_999, multipleOf: 1 },
    updatedAt: { type: 'integer', minimum: 0, maximum: 9_999_999_999_999, multipleOf: 1 },
    description: { type: 'string' },
    keys: { type: 'array', items: { type: 'object' } },
  },
  required: ['id', 'serviceId', 'name', 'state', 'createdAt', 'updatedAt'],
  indexes: [['serviceId', 'createdAt'], ['state', 'createdAt'], 'createdAt'],
} as const

/** Document number `index`: ids in no order, as random ids are; services and times spread evenly. */
export function benchDocument(index: number, count: number): BenchDocument {
  const scattered = (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36).padStart(7, '0')
  const services = Math.max(1, Math.floor(count / PER_SERVICE))
  const createdAt = 1_700_000_000_000 + ((index * 7_919) % 1_000_003) * 1_000
  return {
    id: `app_${scattered}${index.toString(36).padStart(5, '0')}`,
    serviceId: serviceId(index % services),
    name: `Application ${scattered} of a partner`,
    state: index % 10 === 0 ? 'suspended' : 'live',
    createdAt,
    updatedAt: createdAt + 5_000,
    description: 'What the partner wrote about it, in a sentence or two, as people do when they are asked to.',
    keys: [
      { id: `key_${scattered}_1`, hint: 'a1b2', createdAt },
      { id: `key_${scattered}_2`, hint: 'c3d4', createdAt: createdAt + 1_000 },
    ],
  }
}

export function serviceId(number: number): string {
  return `service_${number.toString().padStart(5, '0')}`
}

export function serviceCount(count: number): number {
  return Math.max(1, Math.floor(count / PER_SERVICE))
}

/** The services whose lists are looked at: as many at 1m as at 100k, spread over all, so that only the size differs. */
export function listedService(index: number, count: number): string {
  const services = serviceCount(count)
  const listed = Math.min(LISTED, services)
  return serviceId(Math.floor(((index % listed) * services) / listed))
}

export const LISTED = 33
