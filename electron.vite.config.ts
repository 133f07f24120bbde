import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const define = { LATCHKEY_VERSION: JSON.stringify(version) }

/**
 * Bundled into main: one file starts faster than the thousand of these packages, and an installer then carries none of
 * them. What is left out is read from node_modules at run time.
 */
const bundledPackages = ['@trpc/server', 'csv-parse', 'intl-messageformat', 'ipaddr.js', 'rxdb', 'rxjs', 'ws', 'zod']

/**
 * One build for both hosts: `out/main/electron.js` and `out/main/serve.js` share their chunks, the preload is one
 * CommonJS file (a sandboxed preload can load nothing else), the renderer is static files.
 */
export default defineConfig({
  main: {
    define,
    build: {
      externalizeDeps: { exclude: bundledPackages },
      rolldownOptions: {
        // `ws` looks for its optional native helpers and does without.
        external: ['bufferutil', 'utf-8-validate'],
        input: { electron: join(root, 'src-main/main.ts'), serve: join(root, 'src-main/serve.ts') },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { preload: join(root, 'src-main/shell/preload.ts') },
        // Without the format it silently becomes an ES module, which a sandboxed preload cannot load.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(root, 'src-renderer'),
    define,
    plugins: [react()],
    server: { host: '127.0.0.1' },
    build: {
      minify: true,
      // A data: address would need room in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(root, 'src-renderer/index.html') },
    },
  },
})
