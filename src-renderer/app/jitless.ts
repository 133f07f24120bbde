import * as z from 'zod'

// Imported before any schema is made: without eval (the page's policy forbids it) zod need not try.
z.config({ jitless: true })
