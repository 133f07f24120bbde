/**
 * A secret in memory. Whatever prints it prints `[secret]`; only `.reveal()` gives the text,
 * so that every use can be found by searching for that word.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The secret's text. The caller must not store, log or send it anywhere but its one reader. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  /** Node's inspect looks for this well-known symbol. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}
