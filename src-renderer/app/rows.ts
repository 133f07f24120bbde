/** Rows and objects as they come over the wire (`undefined` is left out there), named as the contract names them. */
import type { Answers } from './ask.ts'

export type ServiceRow = Answers['service']['get']
export type ServiceTokenView = ServiceRow['tokens'][number]
export type ServiceTokenRow = Answers['serviceToken']['list']['rows'][number]
export type AccessTokenRow = Answers['accessToken']['get']
export type AuditRow = Answers['audit']['list']['rows'][number]
