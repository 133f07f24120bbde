/**
 * Makes a part of the stand-in throw when somebody reaches for a member it lacks, instead of handing out undefined: a
 * test must not pass because a call went nowhere.
 */
export function strict<Part extends object>(name: string, part: Part): Part {
  return new Proxy(part, {
    get(target, member) {
      // Promises and printers look for members that no API has.
      const harmless = typeof member === 'symbol' || member === 'then' || member === 'toJSON'
      if (!harmless && !(member in target)) throw new Error(`The stand-in for electron has no ${name}.${member}`)
      const value: unknown = Reflect.get(target, member, target)
      // Methods run on the part itself: a proxy has none of its private members.
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
