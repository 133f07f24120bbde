import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type BulkOutcome, maxBulk } from '../../../shared/domain/application-bulk.ts'
import { ask } from '../../app/ask.ts'
import type { AccessTokenRow } from '../../app/rows.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { RhUiTrashIcon } from '../../components/icons.ts'
import { RefusedDialog } from '../../components/RefusedDialog.tsx'
import { Rich } from '../../components/small.tsx'
import { figure, joined } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { usedLately } from './dialogs.tsx'

/** Deletes them 500 a call, and names those that stayed. */
async function deleteMany(tokens: readonly AccessTokenRow[]): Promise<void> {
  const outcomes: BulkOutcome[] = []
  for (let at = 0; at < tokens.length; at += maxBulk) {
    const ids = tokens.slice(at, at + maxBulk).map(({ id }) => id)
    const { result } = await ask.accessToken.deleteMany.mutate({ ids })
    outcomes.push(...result.outcomes)
  }
  const refused = outcomes.filter(({ ok }) => !ok).length
  notify('done', i18next.t('tokens.deletedMany', { count: outcomes.length - refused }))
  if (refused === 0) return
  const names = new Map(tokens.map(({ id, name }) => [id, name]))
  openDialog((close) => (
    <RefusedDialog
      title={i18next.t('tokens.refusedTitle', { count: refused })}
      outcomes={outcomes}
      names={names}
      onClose={close}
    />
  ))
}

/** T7: invalid at once. The count is typed where one was used in the last 7 days, or more than 10 go. */
export function DeleteAccessTokens({
  tokens,
  onDone,
  onClose,
}: {
  readonly tokens: readonly AccessTokenRow[]
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const lately = tokens.filter(usedLately).length
  const names = tokens.slice(0, 3).map(({ name }) => name)
  return (
    <ConfirmDialog
      title={t('tokens.deleteManyTitle', { count: tokens.length })}
      subject={tokens.length > 3 ? `${names.join(', ')}, …` : joined(names)}
      icon={RhUiTrashIcon}
      confirm={t('tokens.deleteManyButton', { count: tokens.length })}
      typedName={tokens.length > 10 || lately > 0 ? figure(tokens.length) : undefined}
      onConfirm={async () => {
        await deleteMany(tokens)
        onDone()
      }}
      onClose={onClose}
    >
      <p>
        <Rich text={t('tokens.deleteManyText')} />
      </p>
      <p>{t('tokens.usedLately', { count: lately })}</p>
    </ConfirmDialog>
  )
}
