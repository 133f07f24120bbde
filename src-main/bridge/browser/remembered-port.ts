/**
 * The port of the last start. What a browser keeps for the console (drafts, view settings) belongs to its origin, and
 * the port is part of it: a console that came back elsewhere would have lost them. Where the port is taken by then,
 * another one serves. Whoever else listened there in between could at most read drafts and settings: no secret is
 * ever among them, and a session's secret dies with its process.
 */
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { writePrivateFile } from '../../data-folder/folder.ts'

const fileName = 'port'

/** The remembered port, or 0 for any. */
export function rememberedPort(dataDirectory: string): number {
  try {
    const port = Number(readFileSync(join(dataDirectory, fileName), 'utf8').trim())
    return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : 0
  } catch {
    return 0
  }
}

export function rememberPort(dataDirectory: string, origin: string): void {
  writePrivateFile(join(dataDirectory, fileName), `${new URL(origin).port}\n`)
}

/** Listens on 127.0.0.1, on the preferred port where it is free, else on any. Resolves to the port. */
export function listenOn(server: Server, preferred: number): Promise<number> {
  return new Promise((listening, failed) => {
    const fail = (error: NodeJS.ErrnoException) => {
      server.off('error', fail)
      if (preferred === 0 || (error.code !== 'EADDRINUSE' && error.code !== 'EACCES')) failed(error)
      else listenOn(server, 0).then(listening, failed)
    }
    server.once('error', fail)
    server.listen({ port: preferred, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', fail)
      listening((server.address() as AddressInfo).port)
    })
  })
}
