/**
 * Where this device's audit chain stands, kept beside the store and sealed with the vault key: whoever takes the newest
 * events out of the store cannot write a head that fits (U1). Taking this file away as well leaves no trace here; an
 * endpoint that was told of the events knows better.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Ulid } from '../../shared/domain/id.ts'
import { Secret } from '../../shared/domain/secret.ts'
import type { Vault } from '../store/vault.ts'
import type { ChainHead } from './audit-log.ts'

export interface AuditHead {
  /** The newest event that was written, as far as is known; undefined where nothing was kept, or not by us. */
  read(): ChainHead | undefined
  /** Remembers the newest event. A head that cannot be written stays behind, which accuses nobody. */
  keep(head: ChainHead): void
}

export function auditHeadFile(path: string, workspace: Ulid, device: Ulid, vault: Vault): AuditHead {
  const place = `auditHead/${workspace}/${device}`
  return {
    read() {
      try {
        const [sequence = '', hash = ''] = vault.open(readFileSync(path, 'utf8'), place).reveal().split(' ')
        return { sequence: Number(sequence), hash }
      } catch {
        return undefined
      }
    },
    keep({ sequence, hash }) {
      try {
        const beside = `${path}.new`
        writeFileSync(beside, vault.seal(new Secret(`${sequence} ${hash}`), place), { mode: 0o600 })
        renameSync(beside, path)
      } catch {
        // The events are written; a full disk must not undo that.
      }
    },
  }
}
