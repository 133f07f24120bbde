import { extname } from 'node:path'

/** Every kind of file the renderer is built of. A file of any other kind is not served. */
const mediaTypes: Readonly<Record<string, string>> = Object.freeze({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
})

/** The media type of a file by its name, or undefined for a kind that is not served. */
export function mediaTypeOf(fileName: string): string | undefined {
  return mediaTypes[extname(fileName).toLowerCase()]
}
