import type { Answers } from '../../app/ask.ts'

export type AccountRow = Answers['account']['get']
export type Developer = AccountRow['developers'][number]
