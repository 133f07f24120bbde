/**
 * The whole of what the page gets from Electron: text out, text in, the end. One file without imports but electron's,
 * because a sandboxed preload can load nothing else. Who may speak and what a frame means is checked in main.
 */
import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('latchkeyBridge', {
  send: (text: string) => ipcRenderer.send('bridge:text', text),
  // Only what was sent crosses: the event would carry the sender, a way to all of ipcRenderer.
  onText: (listener: (text: string) => void) => {
    ipcRenderer.on('bridge:text', (_event, text: string) => listener(text))
  },
  onClose: (listener: (code: number, reason: string) => void) => {
    ipcRenderer.on('bridge:close', (_event, code: number, reason: string) => listener(code, reason))
  },
})
