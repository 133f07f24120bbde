/** Sets the stage through the bridge as the page itself would: what is not the journey's own subject. */
import type { Page } from 'playwright-core'

/** Calls one procedure over a connection of its own, with the session of the page's tab. */
export function askBridge<Answer>(
  page: Page,
  kind: 'query' | 'mutation',
  path: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  return page.evaluate(
    ({ kind, path, input }) =>
      new Promise<unknown>((resolve, reject) => {
        const socket = new WebSocket(`ws://${location.host}/bridge?connectionParams=1`)
        socket.onopen = () => {
          const session = sessionStorage.getItem('latchkey.session')
          socket.send(JSON.stringify({ method: 'connectionParams', data: { session } }))
          socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: kind, params: { path, input } }))
        }
        socket.onerror = () => reject(new Error('The bridge is not there'))
        socket.onmessage = ({ data }) => {
          const answer = JSON.parse(String(data)) as { id?: number; result?: { data: unknown }; error?: unknown }
          if (answer.id !== 1) return
          socket.close()
          if (answer.result) resolve(answer.result.data)
          else reject(new Error(JSON.stringify(answer.error)))
        }
      }),
    { kind, path, input },
  ) as Promise<Answer>
}

interface Named {
  readonly id: string
  readonly name: string
}

/** The id of the service of this name. */
export async function serviceId(page: Page, name: string): Promise<string> {
  const { rows } = await askBridge<{ rows: readonly Named[] }>(page, 'query', 'service.list', { search: name })
  const found = rows.find((row) => row.name === name)
  if (!found) throw new Error(`No service ${name}`)
  return found.id
}

/** Goes to a place of the console and waits for its title. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, address)
  await page.locator('main h1').waitFor()
}
