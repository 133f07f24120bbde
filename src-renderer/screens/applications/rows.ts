/** Applications as they come over the wire, named as the contract names them. */
import type { Answers } from '../../app/ask.ts'

export type ApplicationPage = Answers['application']['list']
export type ApplicationRow = ApplicationPage['rows'][number]
export type ApplicationDetail = Answers['application']['get']
export type ApplicationKey = ApplicationDetail['keys'][number]
export type ClientSecret = ApplicationDetail['clientSecrets'][number]

/** What an action on one application needs to know of it: a row of a list and the page's object both have it. */
export type ActedOn = Pick<
  ApplicationRow,
  'id' | 'name' | 'state' | 'serviceId' | 'planId' | 'planName' | 'lastUsedAt' | 'accountName'
>
