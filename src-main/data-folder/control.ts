import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What a running console did when a second start asked it to show itself. */
export type Shown =
  /** Its window is in front. */
  | { readonly shown: 'window' }
  /** A browser was asked to open it. */
  | { readonly shown: 'browser' }
  /** No browser can be opened there: an address, good once. */
  | { readonly shown: 'address'; readonly address: string }

export interface Control {
  readonly port: number
  readonly secret: string
  close(): void
}

/** A request is one line with a secret and maybe a link; an answer one line with an address. */
const mostText = 2048
/** Both sides are programs on this machine; whoever is slower is not one of ours. */
const withinMs = 3_000

/**
 * Listens for second starts on the same data folder. The port is on loopback, the secret in a file that only the owner
 * reads; one line of JSON each way. A browser that is tricked into sending here sends HTTP, which is no such line.
 * @param show brings the console in front of the person; gets the deep link the second start was given
 */
export async function listenForSecondStart(show: (link: string | undefined) => Promise<Shown>): Promise<Control> {
  const secret = randomBytes(32).toString('base64url')
  const server = createServer((socket) => {
    readLine(socket, (line) => {
      const request = parseRequest(line, secret)
      if (!request) return socket.destroy()
      show(request.link).then(
        (shown) => socket.end(`${JSON.stringify(shown)}\n`),
        () => socket.destroy(),
      )
    })
  })
  server.maxConnections = 8
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => listening())
  })
  // Not a reason to keep a console running that has nothing else to do.
  server.unref()
  return { port: (server.address() as AddressInfo).port, secret, close: () => server.close() }
}

/** Asks the console that holds the folder to show itself; undefined where it does not answer. */
export function askToShow(
  control: { readonly port: number; readonly secret: string },
  link: string | undefined,
): Promise<Shown | undefined> {
  return new Promise((answered) => {
    const socket = connect(control.port, '127.0.0.1')
    socket.on('close', () => answered(undefined))
    socket.on('connect', () => socket.write(`${JSON.stringify({ secret: control.secret, link })}\n`))
    readLine(socket, (line) => {
      socket.destroy()
      try {
        answered(JSON.parse(line) as Shown)
      } catch {
        answered(undefined)
      }
    })
  })
}

function readLine(socket: Socket, handle: (line: string) => void): void {
  let text = ''
  let done = false
  socket.setEncoding('utf8')
  socket.setTimeout(withinMs, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.on('data', (more: string) => {
    if (done) return
    text += more
    const end = text.indexOf('\n')
    if (end >= 0) {
      done = true
      handle(text.slice(0, end))
    } else if (text.length > mostText) socket.destroy()
  })
}

function parseRequest(line: string, secret: string): { link: string | undefined } | undefined {
  try {
    const request = JSON.parse(line) as { secret?: unknown; link?: unknown }
    const given = Buffer.from(typeof request.secret === 'string' ? request.secret : '')
    const ours = Buffer.from(secret)
    if (given.length !== ours.length || !timingSafeEqual(given, ours)) return undefined
    return { link: typeof request.link === 'string' ? request.link : undefined }
  } catch {
    return undefined
  }
}
