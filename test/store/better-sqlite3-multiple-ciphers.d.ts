/** The package ships types that its manifest does not name; this is the part used here. */
declare module 'better-sqlite3-multiple-ciphers' {
  type Statement = {
    readonly reader: boolean
    raw(on: boolean): Statement
    run(...parameters: unknown[]): unknown
    all(...parameters: unknown[]): unknown[]
  }
  export default class Database {
    constructor(file: string)
    exec(sql: string): this
    prepare(sql: string): Statement
    backup(target: string): Promise<unknown>
    close(): this
  }
}
