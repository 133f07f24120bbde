import { request as ask } from 'node:http'
import type { Development } from './browser-server.ts'

/**
 * While developing, the page comes from the dev server, through this host: the bridge keeps its own origin and all its
 * guards. The dev server injects an inline script and its own WebSocket, so that the policy is loosened for these two.
 * Undefined outside `npm run dev`.
 */
export function developmentFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Development | undefined {
  const address = environment.ELECTRON_RENDERER_URL
  if (!address || environment.NODE_ENV_ELECTRON_VITE !== 'development') return undefined
  const devServer = new URL(address)

  return {
    contentSecurityPolicy: (authority) =>
      [
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        `connect-src 'self' ws://${authority} ws://${devServer.host}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    forward(request, response, headers) {
      const onward = ask(
        {
          host: devServer.hostname,
          port: devServer.port,
          path: request.url,
          headers: { accept: request.headers.accept },
        },
        (answer) => {
          const mediaType = answer.headers['content-type'] ?? 'text/plain'
          response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-type': mediaType })
          answer.pipe(response)
        },
      )
      onward.on('error', () => {
        response.writeHead(502, { ...headers, 'content-type': 'text/plain' })
        response.end('The dev server does not answer\n')
      })
      onward.end()
    },
  }
}
