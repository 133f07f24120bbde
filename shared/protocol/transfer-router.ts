/** The procedures of import and export: the session does the work. */
import { procedure, t } from './procedure.ts'
import {
  transferAppendSchema,
  transferBeginSchema,
  transferExportSchema,
  transferIdSchema,
  transferPlanSchema,
  transferReadSchema,
  transferReportSchema,
} from './transfer.ts'

export const transferRouter = t.router({
  begin: procedure.input(transferBeginSchema).mutation(({ ctx, input }) => ctx.session.transfers.begin(input)),
  append: procedure.input(transferAppendSchema).mutation(({ ctx, input }) => ctx.session.transfers.append(input)),
  plan: procedure.input(transferPlanSchema).mutation(({ ctx, input }) => ctx.session.transfers.plan(input)),
  progress: procedure.input(transferIdSchema).query(({ ctx, input }) => ctx.session.transfers.progress(input)),
  report: procedure.input(transferReportSchema).query(({ ctx, input }) => ctx.session.transfers.report(input)),
  commit: procedure.input(transferIdSchema).mutation(({ ctx, input }) => ctx.session.transfers.commit(input)),
  cancel: procedure.input(transferIdSchema).mutation(({ ctx, input }) => ctx.session.transfers.cancel(input)),
  export: procedure.input(transferExportSchema).mutation(({ ctx, input }) => ctx.session.transfers.export(input)),
  read: procedure.input(transferReadSchema).mutation(({ ctx, input }) => ctx.session.transfers.read(input)),
})
