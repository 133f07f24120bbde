/**
 * The scripts that stand in for Electron's renderer side. Two worlds, as in Electron: the page's own, and an isolated one
 * for the preload; they share the document and nothing else. Between them goes a MessagePort, so that everything is cloned
 * as structured data both ways. Only a page's top frame gets a preload.
 */
export const isolatedWorld = 'Electron Isolated Context'
/** What Chromium calls in the isolated world to bring a message out, and we call to bring one in. */
export const sendBinding = '__standInSend'
const receive = '__standInReceive'
const handOver = '__standInHandOver'

/**
 * In the page's world: waits for the preload to expose something, then makes it of plain frozen functions. Registered
 * before the preload, so that it listens when the preload runs; both run before any script of the page.
 */
export const mainWorldScript = `(() => {
  if (window !== window.top) return
  window.addEventListener('${handOver}', (event) => {
    event.stopImmediatePropagation()
    const { key, names } = event.data
    const [port] = event.ports
    if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object')
    const callbacks = new Map()
    let last = 0
    const cross = (value) => {
      if (typeof value !== 'function') return { value }
      callbacks.set(++last, value)
      return { callback: last }
    }
    port.onmessage = ({ data }) => callbacks.get(data.callback)?.(...data.values)
    const api = {}
    // postMessage clones: what cannot be cloned throws here, as it does in Electron.
    for (const name of names) api[name] = Object.freeze((...values) => port.postMessage({ name, values: values.map(cross) }))
    Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true })
  })
})()`

/** In the isolated world: \`require\` with electron's list for a sandboxed preload, around the preload itself. */
export function preloadScript(source: string): string {
  return `(() => {
  if (window !== window.top) return
  const strict = (name, part) => new Proxy(part, {
    get(target, member) {
      if (typeof member !== 'symbol' && !(member in target)) throw new Error('The stand-in for electron has no ' + name + '.' + member)
      return target[member]
    },
  })
  const listeners = new Map()
  const bring = window.${sendBinding}
  window.${receive} = (channel, text) => {
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...JSON.parse(text))
  }
  const plain = (values) => {
    const copy = structuredClone(values)
    const text = JSON.stringify(copy)
    // What JSON would change does not cross: better an error than a difference.
    if (JSON.stringify(JSON.parse(text)) !== text || copy.some((value) => value === undefined)) throw new Error('The stand-in only carries JSON')
    return text
  }
  const ipcRenderer = strict('ipcRenderer', {
    send: (channel, ...values) => bring(JSON.stringify({ channel, text: plain(values) })),
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
  })
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (key, api) => {
      const names = Object.keys(api)
      for (const name of names) if (typeof api[name] !== 'function') throw new Error('The stand-in only exposes functions, not ' + name)
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => {
        const values = data.values.map((each) => 'value' in each ? each.value : (...back) => port1.postMessage({ callback: each.callback, values: back }))
        const result = api[data.name](...values)
        if (result !== undefined) throw new Error('The stand-in cannot bring back what ' + data.name + ' returned')
      }
      window.dispatchEvent(new MessageEvent('${handOver}', { data: { key, names }, ports: [port2] }))
    },
  })
  const electron = strict('electron (preload)', { contextBridge, ipcRenderer })
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error('module not found: ' + name)
  }
  const module = { exports: {} };
  (function (exports, require, module) {
${source}
  })(module.exports, require, module)
})()`
}

/** The expression that hands a message to the preload's listeners. */
export function receiveExpression(channel: string, values: readonly unknown[]): string {
  return `window.${receive}?.(${JSON.stringify(channel)}, ${JSON.stringify(JSON.stringify(values))})`
}
