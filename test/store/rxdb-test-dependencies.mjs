/** The three functions that rxdb's test-utils take from packages which rxdb does not install with itself. */
import { setTimeout } from 'node:timers/promises'

export const wait = (ms = 0) => setTimeout(ms)

export const randomString = (length = 5) =>
  Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(Math.random() * 26)]).join('')

export default structuredClone
