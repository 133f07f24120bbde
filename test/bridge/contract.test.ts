import { TRPCClientError } from '@trpc/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bridgeLimits } from '../../src-main/bridge/limits.ts'
import { type Wire, wires } from './wires.ts'

/** Waits until something holds; a test that waits in vain fails by its own time-out. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((later) => setTimeout(later, 2))
}

async function open(name: keyof typeof wires, limits = bridgeLimits): Promise<Wire> {
  const wire = await wires[name](limits)
  onTestFinished(() => wire.close())
  return wire
}

describe.each(Object.keys(wires) as (keyof typeof wires)[])('the bridge over %s', (name) => {
  it('answers a query', async () => {
    const wire = await open(name)
    expect(await wire.client.greet.query({ name: 'Ada' })).toBe('Hello Ada')
  })

  it('answers calls asked in one turn, each with its own answer', async () => {
    const wire = await open(name)
    const names = Array.from({ length: 50 }, (_, index) => `n${index}`)
    const answers = await Promise.all(names.map((each) => wire.client.greet.query({ name: each })))
    expect(answers).toEqual(names.map((each) => `Hello ${each}`))
  })

  it('refuses what the schema refuses as BAD_REQUEST', async () => {
    const wire = await open(name)
    const error = await wire.client.greet.query({ name: '' }).catch((each: unknown) => each)
    expect(error).toBeInstanceOf(TRPCClientError)
    expect((error as TRPCClientError<never>).data).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('tells nothing of an error that no rule foresaw: no stack, no message; the host hears of it', async () => {
    const wire = await open(name)
    await expect(wire.client.fail.query()).rejects.toThrow('Internal error')
    expect(wire.faults).toEqual([{ path: 'fail', message: 'the passphrase is hunter2' }])
    const text = wire.received.join('\n')
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('stack')
    expect(text).not.toContain('.ts:')
  })

  it('goes on with a subscription after a drop, nothing lost and nothing twice', async () => {
    const wire = await open(name)
    const seen: number[] = []
    const subscription = wire.client.count.subscribe(undefined, { onData: ({ data }) => seen.push(data) })
    await until(() => seen.length >= 10)
    wire.drop()
    const before = seen.length
    await until(() => seen.length >= before + 10)
    subscription.unsubscribe()
    expect(seen).toEqual(seen.map((_, index) => index + 1))
  })

  it('ends the generator of a subscription that is given up, and of a connection that is gone', async () => {
    const wire = await open(name)
    const subscription = wire.client.count.subscribe(undefined, {})
    await until(() => wire.context.running === 1)
    subscription.unsubscribe()
    await until(() => wire.context.running === 0)

    wire.client.count.subscribe(undefined, {})
    await until(() => wire.context.running === 1)
    await wire.close()
    wire.drop()
    await until(() => wire.context.running === 0)
  })

  it('closes on a frame over the cap, and serves the next connection', async () => {
    const wire = await open(name, { ...bridgeLimits, frameBytes: 2_000 })
    await wire.client.greet.query({ name: 'Ada' })
    wire.sendRaw(`"${'ü'.repeat(1_500)}"`)
    await until(() => wire.closings.length > 0)
    expect(wire.closings[0]).toBe(1009)
    // A call that is on its way when the connection ends fails; whoever asks again is answered.
    const again = (): Promise<string> => wire.client.greet.query({ name: 'Bob' }).catch(again)
    expect(await again()).toBe('Hello Bob')
  })

  it('closes on more open calls than allowed', async () => {
    const wire = await open(name, { ...bridgeLimits, openCalls: 3 })
    for (let call = 0; call < 4; call += 1) wire.client.never.query().catch(() => {})
    await until(() => wire.closings.length > 0)
    expect(wire.closings[0]).toBe(1013)
  })

  it('refuses a frame with more calls than allowed, and goes on', async () => {
    const wire = await open(name, { ...bridgeLimits, callsPerFrame: 2 })
    await wire.client.greet.query({ name: 'Ada' })
    wire.sendRaw(JSON.stringify([1, 2, 3].map((id) => ({ id, method: 'query', params: { path: 'never' } }))))
    await until(() => wire.received.some((text) => text.includes('PARSE_ERROR')))
    expect(wire.closings).toEqual([])
  })

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"id":1}',
    '{"id":1,"method":"query"}',
    '[[1]]',
    '"\\ud800"',
    '{"id":1,"method":"delete","params":{"path":"greet"}}',
  ])('survives the frame %s', async (frame) => {
    const wire = await open(name)
    await wire.client.greet.query({ name: 'Ada' })
    wire.sendRaw(frame)
    expect(await wire.client.greet.query({ name: 'Bob' })).toBe('Hello Bob')
  })
})
