/**
 * Chromium knows no `app://`, so that `app://HOST/…` is `https://HOST.invalid/…` in it: an origin of its own, secure, and
 * never on the network. Everything outside this file sees `app://`.
 */
export function toChromium(address: string): string {
  return address.replace(/^app:\/\/([^/]+)/i, 'https://$1.invalid')
}

export function fromChromium(address: string): string {
  return address.replace(/^https:\/\/([^/]+)\.invalid(?=[/?#]|$)/i, 'app://$1')
}
