/**
 * IP ranges and referrer domains (A11): what may stand in a list, and whether a caller matches one.
 * Ranges are kept in one canonical form, network address and prefix length, so that a list compares as text.
 */
import ipaddr from 'ipaddr.js'
import * as z from 'zod'
import { maxFilters } from './application-schema.ts'
import { isWellFormed } from './text.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Reads one address: IPv4 in four decimal parts, IPv6 without a zone. An IPv4-mapped IPv6 address is its IPv4 one, so
 * that a range of one family is not evaded through the other. Other spellings (octal, short, hexadecimal) are none.
 */
function parseAddress(text: string): Address | undefined {
  // Leading zeros are octal to some readers and decimal to others (CVE-2021-29921): refused.
  if (/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text)) {
    return ipaddr.IPv4.isValid(text) ? ipaddr.IPv4.parse(text) : undefined
  }
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text) || !text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined
  const address = ipaddr.IPv6.parse(text)
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

interface Range {
  readonly bytes: readonly number[]
  readonly prefix: number
}

function parseRange(text: string): Range | undefined {
  const [addressText = '', prefixText, ...more] = text.split('/')
  if (more.length > 0) return undefined
  const address = parseAddress(addressText)
  if (address === undefined) return undefined
  const bytes = address.toByteArray()
  const bits = bytes.length * 8
  if (prefixText === undefined) return { bytes, prefix: bits }
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefixText)) return undefined
  // The prefix of a mapped address counts the 96 bits before the IPv4 part.
  const prefix = Number(prefixText) - (bits === 32 && addressText.includes(':') ? 96 : 0)
  if (prefix < 0 || prefix > bits) return undefined
  return { bytes: bytes.map((byte, at) => byte & maskByte(prefix, at)), prefix }
}

/** The mask of byte `at` under a prefix of so many bits. */
function maskByte(prefix: number, at: number): number {
  const covered = Math.min(8, Math.max(0, prefix - at * 8))
  return (0xff << (8 - covered)) & 0xff
}

/**
 * The canonical form of a range: `10.1.2.3/8` → `10.0.0.0/8`, `192.0.2.1` → `192.0.2.1/32`,
 * `::ffff:10.0.0.0/104` → `10.0.0.0/8`, `2001:DB8::/32` → `2001:db8::/32`; undefined where it is none.
 */
export function normalizeIpRange(text: string): string | undefined {
  const range = parseRange(text.trim())
  if (range === undefined) return undefined
  return `${ipaddr.fromByteArray([...range.bytes]).toString()}/${range.prefix}`
}

/** Makes the question "is this address in one of the ranges?" for many calls; text that is no address is in none. */
export function ipMatcher(ranges: readonly string[]): (address: string) => boolean {
  const parsed = ranges.map(parseRange).filter((range) => range !== undefined)
  return (text) => {
    const bytes = parseAddress(text.trim())?.toByteArray()
    if (bytes === undefined) return false
    return parsed.some(
      (range) =>
        range.bytes.length === bytes.length &&
        range.bytes.every((byte, at) => ((bytes[at] ?? 0) & maskByte(range.prefix, at)) === byte),
    )
  }
}

/** True where the address is in one of the ranges (A11). */
export function ipAllowed(ranges: readonly string[], address: string): boolean {
  return ipMatcher(ranges)(address)
}

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** A host name in lower case, international names in their ASCII form, without a dot at the end; undefined where none. */
function normalizeHost(text: string): string | undefined {
  let host = text.toLowerCase()
  if (host.endsWith('.')) host = host.slice(0, -1)
  // Characters with a meaning in a URL would move the host elsewhere, or off it; control characters would vanish.
  if (host === '' || /[\s\p{C}/\\?#@:%[\]*]/u.test(host)) return undefined
  if (!/^[a-z0-9_.-]+$/.test(host)) {
    try {
      host = new URL(`http://${host}`).hostname
    } catch {
      return undefined
    }
  }
  return host.length <= 253 && host.split('.').every((part) => label.test(part)) ? host : undefined
}

/**
 * The canonical form of a referrer domain: a host name, or `*.` and a host name, or `*` for any referrer at all.
 * `*.Example.com.` → `*.example.com`; undefined where it is none.
 */
export function normalizeReferrer(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed === '*') return trimmed
  const wildcard = trimmed.startsWith('*.')
  const host = normalizeHost(wildcard ? trimmed.slice(2) : trimmed)
  if (host === undefined) return undefined
  return wildcard ? `*.${host}` : host
}

/** The host of a referrer as a caller sends it: a whole URL of http or https, or a bare host with or without a port. */
export function referrerHost(referrer: string): string | undefined {
  const text = referrer.trim()
  if (text.length > 4096 || !isWellFormed(text)) return undefined
  if (!text.includes('://')) return normalizeHost(text.replace(/:\d{1,5}$/, ''))
  try {
    const url = new URL(text)
    return url.protocol === 'http:' || url.protocol === 'https:' ? normalizeHost(url.hostname) : undefined
  } catch {
    return undefined
  }
}

/**
 * True where the referrer's host is one of the domains (A11). `*.example.com` matches any depth below `example.com`
 * and not `example.com` itself. A referrer without a host matches nothing.
 */
export function referrerAllowed(domains: readonly string[], referrer: string): boolean {
  const host = referrerHost(referrer)
  if (host === undefined) return false
  return domains.some((domain) => {
    if (domain === '*') return true
    // The dot stays in the ending, so that `*.example.com` does not match `notexample.com`.
    return domain.startsWith('*.') ? host.length > domain.length - 1 && host.endsWith(domain.slice(1)) : host === domain
  })
}

/** A list at the door: each item in canonical form, none twice, at most 25. The messages are refusal codes. */
function filterListSchema(normalize: (text: string) => string | undefined, code: 'invalid_range' | 'invalid_domain') {
  return z
    .array(
      z.string().transform((text, check) => {
        const normal = text.length <= 512 && isWellFormed(text) ? normalize(text) : undefined
        if (normal !== undefined) return normal
        check.addIssue({ code: 'custom', message: code })
        return z.NEVER
      }),
    )
    .max(maxFilters, 'too_many')
    .transform((list) => [...new Set(list)])
}

export const ipRangesInput = filterListSchema(normalizeIpRange, 'invalid_range')
export const referrersInput = filterListSchema(normalizeReferrer, 'invalid_domain')
