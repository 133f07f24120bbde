/** Founding a workspace: it starts on a desktop, with no endpoint; its first person is its admin (spec/sync.md). */
import * as z from 'zod'
import { type Change, type Context, defineCommand, differences, edited, newEnvelope, one } from './command.ts'
import type { Member } from './member.ts'
import { accept, refuse } from './outcome.ts'
import { denial } from './permission.ts'
import { emailSchema, nameSchema } from './text.ts'
import type { Workspace } from './workspace.ts'

export const foundingSchema = z.strictObject({
  workspaceName: nameSchema,
  memberName: nameSchema,
  memberEmail: emailSchema,
})
export type Founding = z.output<typeof foundingSchema>

/** The first writes of a store: the workspace document (its id is the workspace's) and its founding admin. */
export function foundWorkspace(
  founding: Founding,
  sample: boolean,
  context: Context,
): Change<{ workspace: Workspace; admin: Member }> {
  const workspace: Workspace = { ...newEnvelope(context, context.workspace), name: founding.workspaceName, sample }
  const admin: Member = {
    ...newEnvelope(context),
    name: founding.memberName,
    email: founding.memberEmail,
    role: 'admin',
    state: 'active',
    sections: [],
    serviceAccess: 'all',
  }
  return {
    writes: [
      { collection: 'workspace', after: workspace },
      { collection: 'member', after: admin },
    ],
    events: [
      { code: 'workspace.created', objectCollection: 'workspace', objectId: workspace.id, objectName: workspace.name },
      { code: 'member.founded', objectCollection: 'member', objectId: admin.id, objectName: admin.name },
    ],
    result: { workspace, admin },
  }
}

/** Renames the workspace. Refusals: `forbidden`, `not_found`. */
export const renameWorkspace = defineCommand({
  name: 'workspace.rename',
  input: z.strictObject({ id: z.string(), name: nameSchema }),
  needs: (input) => ({ workspace: one('workspace', input.id) }),
  decide({ workspace }, input, context) {
    const denied = denial(context.actor, 'workspace.edit')
    if (denied) return denied
    if (!workspace) return refuse('not_found')
    if (input.name === workspace.name) return accept({ writes: [], events: [], result: undefined })
    const after = edited(workspace, { name: input.name }, context)
    return accept({
      writes: [{ collection: 'workspace', before: workspace, after }],
      events: [
        {
          code: 'workspace.renamed',
          objectCollection: 'workspace',
          objectId: after.id,
          objectName: after.name,
          changes: differences(workspace, after),
        },
      ],
      result: undefined,
    })
  },
})
